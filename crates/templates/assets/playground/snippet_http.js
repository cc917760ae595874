// A request as it goes over the wire.

import { base64, bytesOf } from './encoding.js';
import { formBody, fullUrl } from './requests.js';

export const basicHeader = ([name, password]) => `Basic ${base64(bytesOf(`${name}:${password}`))}`;

export function asHttp(request) {
  const { host, pathname, search } = new URL(fullUrl(request));
  const lines = [`${request.method} ${pathname}${search} HTTP/1.1`, `Host: ${host}`];
  if (request.basic) lines.push(`Authorization: ${basicHeader(request.basic)}`);
  for (const [name, value] of Object.entries(request.headers)) lines.push(`${name}: ${value}`);
  if (request.form) lines.push('', formBody(request.form).replaceAll('&', '\n&'));
  if (request.json !== undefined) lines.push('', JSON.stringify(request.json, null, 2));
  return lines.join('\n');
}
