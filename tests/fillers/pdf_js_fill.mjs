// Fills in a PDF form with pdf.js as Firefox does when a person types and saves. JSON on standard input: {modules, blank, out, answers}.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const work = JSON.parse(readFileSync(0, "utf8"));
const pdfjs = await import(pathToFileURL(`${work.modules}/pdfjs-dist/legacy/build/pdf.mjs`));
const task = pdfjs.getDocument({
  data: new Uint8Array(readFileSync(work.blank)),
  standardFontDataUrl: `${work.modules}/pdfjs-dist/standard_fonts/`,
  verbosity: 0,
});
const pdf = await task.promise;

const widgets = new Map();
for (let number = 1; number <= pdf.numPages; number++) {
  const page = await pdf.getPage(number);
  for (const widget of await page.getAnnotations()) {
    if (!widgets.has(widget.fieldName)) widgets.set(widget.fieldName, []);
    widgets.get(widget.fieldName).push(widget);
  }
}
for (const [name, answer] of Object.entries(work.answers)) {
  const found = widgets.get(name);
  if (!found) throw new Error(`no field ${name}`);
  for (const widget of found) {
    const value = widget.radioButton ? widget.buttonValue === answer : answer;
    pdf.annotationStorage.setValue(widget.id, { value });
  }
}
writeFileSync(work.out, await pdf.saveDocument());
await task.destroy();
