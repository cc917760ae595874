// The rules by which the code of pages is run and compared, on pages made up for them.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Answers } from './answer.mjs';
import { diagramFaults } from './diagram.mjs';
import { understand } from './page.mjs';

const difference = (language, shown, came) => new Answers([]).difference(language, shown, came);
const block = (language, text) => `\`\`\`${language}\n${text}\n\`\`\`\n`;
const faultsOf = (...blocks) => understand('page.md', blocks.join('\n')).faults;

test('an answer that is the same passes, and one word that differs does not', () => {
  assert.equal(difference('text', 'Bearer\n3600', 'Bearer\n3600\n'), undefined);
  assert.match(difference('text', 'Bearer 3600', 'Bearer 3601'), /shown:\nBearer 3600/);
  assert.ok(difference('text', 'one', 'one\ntwo'), 'a line more');
  assert.ok(difference('text', 'a.c', 'abc'), 'a point is a point');
});

test('ids, times and tokens differ from run to run', () => {
  const shown = 'sub 8f860194-7226-4dcc-a925-32fb1f073437 at 1795546503, eyJraWQiOiJRbldI.eyJz.c2ln';
  const came = 'sub 00000000-0000-4000-8000-000000000000 at 1895546503, eyJraWQiOiJXXXXX.eyJ6.c2ln';
  assert.equal(difference('text', shown, came), undefined);
  assert.ok(difference('text', shown, came.replace('at 1895546503', 'at soon')));
});

test('what is shown twice has to come twice', () => {
  const [one, two] = ['8f860194-7226-4dcc-a925-32fb1f073437', '11111111-7226-4dcc-a925-32fb1f073437'];
  const answers = new Answers([]);
  assert.equal(answers.difference('text', `state ${one}`, `state ${two}`), undefined);
  assert.equal(answers.difference('text', `again ${one}`, `again ${two}`), undefined);
  assert.match(answers.difference('text', one, one), /stood for/);
  assert.match(answers.difference('text', two, two), /was shown as/);
});

test('values that the page fills in are no such ids', () => {
  const answers = new Answers(['us-east-1_5af3v2UKS']);
  const iss = (pool) => `"iss": "${pool}"`;
  assert.equal(answers.difference('text', iss('us-east-1_5af3v2UKS'), iss('us-east-1_5af3v2UKS')), undefined);
  assert.ok(answers.difference('text', iss('us-east-1_5af3v2UKS'), iss('us-east-1_AAAAAAAAA')));
});

test('an ellipsis stands for the rest of a line, and on a line of its own for lines', () => {
  assert.equal(difference('text', 'a ... z', 'a b c z'), undefined);
  assert.ok(difference('text', 'a ... z', 'a\nz'));
  assert.equal(difference('text', 'a\n...\nz', 'a\nb\nc\nz'), undefined);
  const [cut, whole] = ['eyJraWQiOiJRbldI... and eyJraWQiOiJRbldI...', 'eyJraWQiOiJXX.eyJz.c2 and eyJraWQiOiJXX.eyJ6.c2'];
  assert.equal(difference('text', cut, whole), undefined);
  assert.ok(difference('text', cut, whole.replace('eyJ', 'abc')));
});

test('JSON is compared without its spaces, but with every member', () => {
  assert.equal(difference('json', '{\n  "a": [1]\n}', '{"a":[1]}'), undefined);
  assert.ok(difference('json', '{"a": 1}', '{"a": 1, "b": 2}'));
  assert.match(difference('json', '{"a": 1}', 'oops'), /no JSON came/);
});

test('of an answer by HTTP the status, the headers shown and the whole body are compared', () => {
  const came = 'HTTP/1.1 400 Bad Request\r\nvary: origin\r\ncontent-type: application/json\r\n\r\n{"error":"x"}';
  const shown = 'HTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n{"error": "x"}';
  assert.equal(difference('http', shown, came), undefined);
  assert.equal(difference('http', 'HTTP/1.1 400 Bad Request', came), undefined);
  assert.ok(difference('http', shown.replace('400', '401'), came));
  assert.ok(difference('http', shown.replace('/json', '/text'), came));
  assert.ok(difference('http', shown.replace('"x"', '"y"'), came));
});

test('a block that nobody runs is a fault, unless it says why', () => {
  assert.match(faultsOf(block('js', 'x();'))[0], /neither run nor marked/);
  assert.match(faultsOf(block('text', 'hello'))[0], /answer to no command/);
  assert.match(faultsOf(block('', 'hello'))[0], /neither run nor marked/);
  assert.match(faultsOf(block('js', '// unused.mjs\nx();'))[0], /no command uses/);
  assert.match(faultsOf(`<!-- not run -->\n${block('js', 'x();')}`)[0], /gives no reason/);
  assert.match(faultsOf(`<!-- runs never: x -->\n${block('js', 'x();')}`)[0], /none of/);
  assert.deepEqual(faultsOf(`<!-- not run: a drawing -->\n${block('text', 'o--o')}`), []);
  assert.deepEqual(faultsOf(block('js', '// used.mjs\nx();'), block('sh', 'node used.mjs')), []);
});

test('a console has commands behind the prompt and answers below', () => {
  const page = understand('page.md', block('console', '$ echo a \\\n  b\na b\n$ true'));
  const [first, second] = page.steps[0].commands;
  assert.deepEqual(first, { command: 'echo a \\\n  b\n', answer: 'a b\n' });
  assert.deepEqual(second, { command: 'true\n', answer: '' });
  assert.match(faultsOf(block('console', 'a b'))[0], /no command/);
});

test('a diagram names who takes part, and closes what it opens', () => {
  const lines = ['sequenceDiagram', 'participant App', 'participant Pool as User pool'];
  const faults = (...more) => diagramFaults([...lines, ...more].join('\n'));
  assert.deepEqual(faults('App->>Pool: POST /oauth2/token', 'Pool-->>App: tokens'), []);
  assert.deepEqual(faults('alt good', 'Pool-->>App: tokens', 'else bad', 'Note over App: ask', 'end'), []);
  assert.equal(faults('App->>Nobody: hello').length, 1);
  assert.equal(faults('App says hello').length, 1);
  assert.equal(faults('opt maybe').length, 1);
  assert.equal(diagramFaults('flowchart').length, 1);
});
