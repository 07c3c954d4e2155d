// Saves a workbook again with exceljs. The work comes as JSON on standard input: {modules, form, out}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const work = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(`${work.modules}/`);
const { Workbook } = require("exceljs");

const workbook = new Workbook();
await workbook.xlsx.readFile(work.form);
await workbook.xlsx.writeFile(work.out);
