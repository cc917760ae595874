// A request as Python, by the library requests.

import { fullUrl } from './requests.js';

const ESCAPES = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

// A Python string of printable ASCII, whatever it holds.
export function pythonString(text) {
  let literal = '';
  for (const letter of text) {
    const number = letter.codePointAt(0);
    if (ESCAPES[letter]) literal += ESCAPES[letter];
    else if (number >= 32 && number < 127) literal += letter;
    else if (number > 0xffff) literal += `\\U${number.toString(16).padStart(8, '0')}`;
    else literal += `\\u${number.toString(16).padStart(4, '0')}`;
  }
  return `"${literal}"`;
}

// A Python literal of a JSON value.
export function pythonLiteral(value, indent = '') {
  const deeper = `${indent}    `;
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return pythonString(value);
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => `${deeper}${pythonLiteral(item, deeper)},\n`).join('')}${indent}]`;
  }
  const members = Object.entries(value).map(([name, member]) => `${deeper}${pythonString(name)}: ${pythonLiteral(member, deeper)},\n`);
  return `{\n${members.join('')}${indent}}`;
}

const pairs = (form, indent) =>
  `[\n${form.map(([name, value]) => `${indent}    (${pythonString(name)}, ${pythonString(value)}),\n`).join('')}${indent}]`;

export function asPython(request) {
  const indent = '    ';
  const argumentsOf = [pythonString(fullUrl(request))];
  if (request.basic) argumentsOf.push(`auth=(${request.basic.map(pythonString).join(', ')})`);
  const headers = { ...request.headers };
  if (request.form) delete headers['Content-Type'];
  if (Object.keys(headers).length > 0) argumentsOf.push(`headers=${pythonLiteral(headers, indent)}`);
  if (request.form) argumentsOf.push(`data=${pairs(request.form, indent)}`);
  if (request.json !== undefined) argumentsOf.push(`json=${pythonLiteral(request.json, indent)}`);
  return [
    'import requests',
    '',
    `answer = requests.${request.method.toLowerCase()}(`,
    ...argumentsOf.map((argument) => `${indent}${argument},`),
    ')',
    'print(answer.status_code, answer.text)',
  ].join('\n');
}
