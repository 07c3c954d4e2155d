// Saves a workbook in other formats with SheetJS. The work comes as JSON on standard input: {modules, form, outs: {type: path}}.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const work = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(`${work.modules}/`);
const XLSX = require("xlsx");

const workbook = XLSX.read(readFileSync(work.form), { cellNF: true, cellStyles: true });
for (const [bookType, out] of Object.entries(work.outs)) writeFileSync(out, XLSX.write(workbook, { type: "buffer", bookType }));
