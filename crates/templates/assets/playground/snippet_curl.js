// A request as a curl command for a POSIX shell.

import { fullUrl } from './requests.js';

// Quotes a word for a POSIX shell, in which nothing has a meaning between single quotes.
// A command cannot hold U+0000: throws.
export function shellWord(text) {
  if (text.includes('\0')) throw new Error('A command cannot hold the character U+0000.');
  return `'${text.replaceAll("'", "'\\''")}'`;
}

// `name=value` for curl to encode; what a command cannot hold is encoded here.
const field = ([name, value]) =>
  value.includes('\0')
    ? `--data-raw ${shellWord(`${name}=${encodeURIComponent(value)}`)}`
    : `--data-urlencode ${shellWord(`${name}=${value}`)}`;

export function asCurl(request) {
  const url = fullUrl(request);
  // Without it curl reads brackets and braces of an address as patterns.
  const glob = /[[\]{}]/.test(url) ? '--globoff ' : '';
  const method = request.method === 'GET' ? '' : `--request ${request.method} `;
  const words = [`curl --silent --show-error ${glob}${method}${shellWord(url)}`];
  if (request.basic) words.push(`--user ${shellWord(request.basic.join(':'))}`);
  for (const [name, value] of Object.entries(request.headers)) words.push(`--header ${shellWord(`${name}: ${value}`)}`);
  for (const pair of request.form ?? []) words.push(field(pair));
  if (request.json !== undefined) words.push(`--data-raw ${shellWord(JSON.stringify(request.json))}`);
  return words.join(' \\\n  ');
}
