// Reads a mail with postal-mime. The work comes as JSON on standard input: {modules, file, out}.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const work = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(`${work.modules}/`);
const found = require("postal-mime");
const PostalMime = found.default ?? found;

const mail = await PostalMime.parse(readFileSync(work.file));
const attached = mail.attachments.map((part) => ({
  name: part.filename,
  type: part.mimeType,
  method: part.method ?? null,
  data: Buffer.from(part.content).toString("base64"),
}));
const headers = Object.fromEntries(mail.headers.map((header) => [header.key, header.value]));
writeFileSync(work.out, JSON.stringify({ subject: mail.subject, to: mail.to ?? [], text: mail.text, headers, attached }));
