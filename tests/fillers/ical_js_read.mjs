// Reads an invite with ical.js. The work comes as JSON on standard input: {modules, file, out}.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const work = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(`${work.modules}/`);
const ICAL = require("ical.js");

const calendar = new ICAL.Component(ICAL.parse(readFileSync(work.file, "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((found) => new ICAL.Event(found, { strictExceptions: true }));
const said = events.map((event) => ({
  uid: event.uid,
  sequence: event.sequence,
  summary: event.summary,
  description: event.description,
  location: event.location,
  organizer: event.organizer,
  begins: event.startDate.toJSDate().toISOString(),
  ends: event.endDate.toJSDate().toISOString(),
}));
writeFileSync(work.out, JSON.stringify({ method: calendar.getFirstPropertyValue("method"), events: said }));
