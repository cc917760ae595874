// A page of documentation, and what each of its blocks of code is for.

import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { ROOT } from './quickstart.mjs';

const BLOCK = /(?:^ *<!-- (?<marker>[^\n]*?) -->\n)?^(?<indent> *)```(?<language>\S*)\n(?<text>.*?)^ *```$/gms;
const FILE_NAME = /^(?:#|\/\/|<!--) ([\w-]+(?:\/[\w-]+)*(?:\.[a-z]+)+)\b/;
const MARKER = /^(not run|run by|serves)(?:: (.+))?$/;

// Files that the programs of commands look for by themselves.
const FOUND_BY_NAME = ['conftest.py', 'Cargo.toml', 'src/main.rs'];

// Languages of blocks that are commands, and of those that show what commands answer.
const COMMANDS = ['sh', 'console'];
const ANSWERS = ['text', 'json', 'http'];

// The pages whose code is looked at: those of `docs/` and those beside it.
export async function pages() {
  const nested = await readdir(join(ROOT, 'docs'), { recursive: true });
  const paths = nested.map((path) => join('docs', path));
  const found = [...(await readdir(ROOT)), ...paths].filter((path) => path.endsWith('.md'));
  return Promise.all(found.sort().map((path) => read(join(ROOT, path))));
}

async function read(path) {
  const name = relative(ROOT, path);
  const text = await readFile(path, 'utf8');
  return { name, text, ...understand(name, text) };
}

// Sorts the blocks of a page: `steps` are run in order, each with the `answer` that it shows;
// `files` are saved before; `diagrams` are read; `exempt` are neither, for the reason they give.
// What is none of these is one of the `faults`.
export function understand(name, text) {
  const page = { steps: [], files: [], diagrams: [], exempt: [], faults: [] };
  for (const block of blocksOf(name, text)) {
    const fault = place(page, block);
    if (fault) page.faults.push(`${block.place}: ${fault}`);
  }
  const commands = page.steps.map((step) => step.text);
  const texts = [...commands, ...page.files.map((file) => file.text)];
  for (const { path, place: at, text: own } of page.files) {
    const stem = path.replace(/\.\w+$/, '');
    const isUsed = FOUND_BY_NAME.includes(path) || texts.some((other) => other !== own && (other.includes(path) || other.includes(stem)));
    if (!isUsed) page.faults.push(`${at}: no command uses ${path}`);
  }
  return page;
}

function blocksOf(name, text) {
  return [...text.matchAll(BLOCK)].map((match) => {
    const { marker, indent, language, text: body } = match.groups;
    const before = text.slice(0, match.index + match[0].indexOf('```'));
    const line = before.split('\n').length;
    return {
      place: `${name}:${line}`,
      language,
      marker: marker === undefined ? undefined : MARKER.exec(marker),
      text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    };
  });
}

// Puts a block where it belongs; says what is wrong with it, if anything.
function place(page, block) {
  if (block.marker === null) return 'its marker is none of `not run`, `run by`, `serves`';
  const [, kind, reason] = block.marker ?? [];
  if (kind === 'not run' || kind === 'run by') {
    if (!reason) return 'its marker gives no reason';
    page.exempt.push({ ...block, kind, reason });
    return undefined;
  }
  if (COMMANDS.includes(block.language)) {
    const step = { ...block, isServer: kind === 'serves', commands: commandsOf(block) };
    page.steps.push(step);
    return step.commands === null ? 'its first line is no command (`$ ...`)' : undefined;
  }
  if (kind) return 'only commands serve';
  if (ANSWERS.includes(block.language)) {
    const step = page.steps.at(-1);
    if (!step || step.answer || step.language === 'console') return 'it is the answer to no command';
    step.answer = block;
    return undefined;
  }
  if (block.language === 'mermaid') {
    page.diagrams.push(block);
    return undefined;
  }
  const [, path] = block.text.match(FILE_NAME) ?? [];
  if (!path) return `${block.language || 'a block without language'}: it is neither run nor marked`;
  page.files.push({ ...block, path });
  return undefined;
}

// Divides a block into what is run and what each part answers. A block of `sh` is one part; of a
// `console`, each line behind `$ ` begins one, and a backslash continues it on the next line.
function commandsOf({ language, text }) {
  if (language === 'sh') return [{ command: text }];
  const commands = [];
  let isOpen = false;
  for (const line of text.trimEnd().split('\n')) {
    if (isOpen) commands.at(-1).command += `${line}\n`;
    else if (line.startsWith('$ ')) commands.push({ command: `${line.slice(2)}\n`, answer: '' });
    else if (commands.length === 0) return null;
    else commands.at(-1).answer += `${line}\n`;
    isOpen = line.endsWith('\\') && (isOpen || line.startsWith('$ '));
  }
  return commands;
}
