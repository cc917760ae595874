// A request as JavaScript, by fetch and by axios.

import { fullUrl } from './requests.js';
import { basicHeader } from './snippet_http.js';

// A JavaScript literal that may stand in a script element too.
export const scriptLiteral = (value, indent = 0) =>
  JSON.stringify(value, null, indent)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');

const indented = (text) => text.replaceAll('\n', '\n  ');

// A form as an expression: an object where every name comes once.
function formExpression(form) {
  const isPlain = new Set(form.map(([name]) => name)).size === form.length;
  const value = isPlain ? Object.fromEntries(form) : form;
  return `new URLSearchParams(${indented(scriptLiteral(value, 2))})`;
}

export function asFetch(request) {
  const headers = { ...request.headers };
  // The browser names the type of a form itself.
  if (request.form) delete headers['Content-Type'];
  if (request.basic) headers.Authorization = basicHeader(request.basic);
  const options = [`method: ${scriptLiteral(request.method)}`];
  if (Object.keys(headers).length > 0) options.push(`headers: ${indented(scriptLiteral(headers, 2))}`);
  if (request.form) options.push(`body: ${formExpression(request.form)}`);
  if (request.json !== undefined) options.push(`body: JSON.stringify(${indented(scriptLiteral(request.json, 2))})`);
  return [
    `const answer = await fetch(${scriptLiteral(fullUrl(request))}, {`,
    ...options.map((option) => `  ${option},`),
    '});',
    'console.log(answer.status, await answer.text());',
  ].join('\n');
}

export function asAxios(request) {
  const options = [`method: ${scriptLiteral(request.method.toLowerCase())}`, `url: ${scriptLiteral(fullUrl(request))}`];
  if (request.basic) {
    const [username, password] = request.basic;
    options.push(`auth: ${indented(scriptLiteral({ username, password }, 2))}`);
  }
  const headers = { ...request.headers };
  if (request.form) delete headers['Content-Type'];
  if (Object.keys(headers).length > 0) options.push(`headers: ${indented(scriptLiteral(headers, 2))}`);
  if (request.form) options.push(`data: ${formExpression(request.form)}`);
  if (request.json !== undefined) options.push(`data: ${indented(scriptLiteral(request.json, 2))}`);
  return [
    'import axios from "axios";',
    '',
    'const answer = await axios({',
    ...options.map((option) => `  ${option},`),
    '  validateStatus: () => true,',
    '});',
    'console.log(answer.status, answer.data);',
  ].join('\n');
}
