// The same request in each language.

import { asAwsCli } from './snippet_aws_cli.js';
import { asCurl } from './snippet_curl.js';
import { asAxios, asFetch } from './snippet_fetch.js';
import { asHttp } from './snippet_http.js';
import { asPython } from './snippet_python.js';

export function snippets(request) {
  const all = [
    { name: 'HTTP', text: asHttp(request) },
    { name: 'curl', text: asCurl(request) },
    { name: 'fetch', text: asFetch(request) },
    { name: 'axios', text: asAxios(request) },
    { name: 'Python', text: asPython(request) },
  ];
  if (request.api) all.push({ name: 'AWS CLI', text: asAwsCli(request.api) });
  return all;
}
