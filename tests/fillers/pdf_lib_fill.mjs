// Fills in a PDF form with pdf-lib. The work comes as JSON on standard input: {modules, blank, out, font, answers}.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const work = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(`${work.modules}/`);
const { PDFDocument, PDFTextField, PDFCheckBox, PDFRadioGroup, PDFDropdown } = require("pdf-lib");
const fontkit = require("@pdf-lib/fontkit");

const pdf = await PDFDocument.load(readFileSync(work.blank));
pdf.registerFontkit(fontkit);
const font = await pdf.embedFont(readFileSync(work.font));
const form = pdf.getForm();

for (const [name, answer] of Object.entries(work.answers)) {
  const field = form.getField(name);
  if (field instanceof PDFTextField) field.setText(answer);
  else if (field instanceof PDFCheckBox) field.check();
  else if (field instanceof PDFRadioGroup) field.select(answer);
  else if (field instanceof PDFDropdown) field.select(answer);
}
form.updateFieldAppearances(font);
writeFileSync(work.out, await pdf.save({ updateFieldAppearances: false }));
