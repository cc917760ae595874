// Sequence diagrams, read as far as Mermaid's grammar is used here.
// Source: Mermaid documentation, "Sequence diagrams".

const PARTICIPANT = /^(?:participant|actor) (\w+)(?: as .+)?$/;
const MESSAGE = /^(\w+)(?:->>|-->>|-\))[+-]?(\w+): \S.*$/;
const NOTE = /^Note (?:over|left of|right of) (\w+)(?:,(\w+))?: \S.*$/;
const BEGIN = /^(?:alt|opt|loop|par|rect) .+$/;
const BETWEEN = /^(?:else|and) .+$/;

// Says what is wrong with a diagram: lines that are none of the grammar's, names nobody declared.
export function diagramFaults(text) {
  const [first, ...lines] = text.split('\n').map((line) => line.trim()).filter((line) => line);
  if (first !== 'sequenceDiagram') return [`it begins with ${first}, not with sequenceDiagram`];
  const declared = new Set();
  const faults = [];
  let depth = 0;
  for (const line of lines) {
    const names = namesIn(line, declared);
    if (BEGIN.test(line)) depth += 1;
    else if (line === 'end') depth -= 1;
    else if (names === undefined && !(BETWEEN.test(line) && depth > 0) && line !== 'autonumber') {
      faults.push(`no line of a sequence diagram: ${line}`);
    }
    for (const name of names ?? []) {
      if (!declared.has(name)) faults.push(`nobody declared ${name}: ${line}`);
    }
    if (line.includes(';')) faults.push(`a semicolon ends a line: ${line}`);
  }
  if (depth !== 0) faults.push('its blocks and their ends do not pair');
  return faults;
}

// The participants that a line names, which it declares if it is such a line; undefined if it is
// neither message nor note.
function namesIn(line, declared) {
  const [, participant] = line.match(PARTICIPANT) ?? [];
  if (participant) {
    declared.add(participant);
    return [];
  }
  const match = line.match(MESSAGE) ?? line.match(NOTE);
  return match?.slice(1).filter((name) => name);
}
