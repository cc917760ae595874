// An operation of the JSON API as a command of the AWS CLI, for a POSIX shell.

import { shellWord } from './snippet_curl.js';

// The CLI's own rule: GetTokensFromRefreshToken is get-tokens-from-refresh-token, CallbackURLs
// callback-urls and AllowedOAuthFlows allowed-o-auth-flows.
// Source: `xform_name` of botocore.
export const kebab = (name) =>
  name
    .replace(/[A-Z]{2,}s$/, (plural) => `-${plural.toLowerCase()}`)
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();

// The CLI reads some values as the name of a file, and one that begins with a dash as an option;
// these go in as JSON with the whole input.
const isPlain = (value) => typeof value !== 'string' || /^[A-Za-z0-9+/=_.@][^\0]*$/.test(value) && !/^(fileb?|https?):/.test(value);

const word = (value) => shellWord(typeof value === 'string' ? value : JSON.stringify(value));

function option(member, value) {
  const name = kebab(member);
  if (value === true) return `--${name}`;
  if (value === false) return `--no-${name}`;
  return `--${name} ${word(value)}`;
}

// `isSigned` says that the command needs credentials; any will do for the dev profile.
export function asAwsCli({ name, input, region, endpoint }, isSigned = false) {
  const lines = [`aws cognito-idp ${kebab(name)}`, `--endpoint-url ${shellWord(endpoint)}`, `--region ${shellWord(region)}`];
  if (!isSigned) lines.push('--no-sign-request');
  const members = Object.entries(input);
  if (members.every(([, value]) => isPlain(value))) {
    for (const [member, value] of members) lines.push(option(member, value));
  } else {
    lines.push(`--cli-input-json ${word(input)}`);
  }
  return lines.join(' \\\n  ');
}
