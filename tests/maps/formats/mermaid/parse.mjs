// Reads a JSON list of Mermaid texts, writes what mermaid itself understood of each.
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

globalThis.window = new JSDOM('').window;
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');
await mermaid.parse('journey\n  First: 3');
const { db } = await mermaid.mermaidAPI.getDiagramFromText('journey\n  First: 3');

const understood = [];
for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    await mermaid.parse(text);
    understood.push({
      title: db.getDiagramTitle(),
      accTitle: db.getAccTitle(),
      accDescr: db.getAccDescription(),
      sections: [...db.getSections()],
      tasks: db.getTasks().map(({ section, task, score, people }) => ({ section, task, score, people })),
    });
  } catch (error) {
    understood.push({ error: String(error) });
  }
}
process.stdout.write(JSON.stringify(understood));
