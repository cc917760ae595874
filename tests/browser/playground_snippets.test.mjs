// The requests of the playground in each language, run by real programs.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { apiRequest, authorizeRequest, exchangeRequest, fullUrl } from '../../crates/templates/assets/playground/requests.js';
import { asAwsCli, kebab } from '../../crates/templates/assets/playground/snippet_aws_cli.js';
import { asCurl, shellWord } from '../../crates/templates/assets/playground/snippet_curl.js';
import { asAxios, asFetch } from '../../crates/templates/assets/playground/snippet_fetch.js';
import { asPython } from '../../crates/templates/assets/playground/snippet_python.js';
import { serve } from '../fixtures/loopback.mjs';

const run = promisify(execFile);

// Values that mean something to a shell, to JavaScript, to Python, to curl or to a form.
const HOSTILE = [
  `it's "quoted" \\ \`id\` $(id) $HOME; & | > < * ? ! # ~ % + = {a,b} [c]`,
  '@/etc/passwd',
  '-X DELETE --next',
  'line\nbreak\r\nand\ttab',
  '</script><script>alert(1)</script>',
  'ünï © 日本 😀 \u2028 \u202e',
  '%00%0a{{client_id}}\\u0041\\n',
  '',
];

const target = (origin, secret = null) => ({
  domain: origin,
  api: `${origin}/`,
  region: 'us-east-1',
  clientId: 'abc',
  clientSecret: secret,
  redirectUri: `${origin}/callback`,
});

// A server that writes down what arrives.
async function listener(t) {
  const arrived = [];
  const origin = await serve(t, async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers } = request;
    arrived.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
    response.setHeader('content-type', 'application/json').end('{}');
  });
  return { origin, arrived };
}

// How the four renderings are run.
const RUNS = {
  curl: (request) => run('sh', ['-c', asCurl(request)]),
  fetch: (request) => run(process.execPath, ['--input-type=module', '--eval', asFetch(request)]),
  axios: async (request) => {
    const folder = await mkdtemp(join(tmpdir(), 'poolhouse-axios-'));
    try {
      await symlink(new URL('../node_modules', import.meta.url).pathname, join(folder, 'node_modules'));
      await writeFile(join(folder, 'run.mjs'), asAxios(request));
      return await run(process.execPath, [join(folder, 'run.mjs')]);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  python: (request) => run(process.env.POOLHOUSE_PYTHON, ['-c', asPython(request)]),
};

for (const [name, start] of Object.entries(RUNS)) {
  test(`s51 hostile values arrive unchanged by ${name}`, async (t) => {
    const { origin, arrived } = await listener(t);
    for (const value of HOSTILE) {
      const exchange = exchangeRequest(target(origin, 'se:cr&t'), { code: value, redirectUri: value, codeVerifier: 'v' });
      await start(exchange);
      const { headers, body, url } = arrived.pop();
      assert.equal(url, '/oauth2/token');
      assert.match(headers['content-type'], /^application\/x-www-form-urlencoded/);
      assert.equal(headers.authorization, `Basic ${Buffer.from('abc:se:cr&t').toString('base64')}`);
      assert.deepEqual([...new URLSearchParams(body)], exchange.form, `${name}: ${value}`);

      const input = { AccessToken: value, Deep: { list: [value, 1, true, null] } };
      await start(apiRequest(target(origin), 'GetUser', input));
      const api = arrived.pop();
      assert.equal(api.headers['x-amz-target'], 'AWSCognitoIdentityProviderService.GetUser');
      assert.equal(api.headers['content-type'], 'application/x-amz-json-1.1');
      assert.deepEqual(JSON.parse(api.body), input, `${name}: ${value}`);

      const address = authorizeRequest(target(origin), [['state', value]]);
      await start(address);
      const query = new URL(arrived.pop().url, origin).searchParams;
      assert.equal(query.get('state'), value, `${name}: ${value}`);
    }
    assert.equal(arrived.length, 0);
  });
}

test('s51 words of a command arrive unchanged, and what none can hold is refused', async () => {
  for (const value of HOSTILE) {
    const { stdout } = await run('sh', ['-c', `printf %s ${shellWord(value)}`]);
    assert.equal(stdout, value);
  }
  assert.throws(() => shellWord('a\0b'));
  const nul = exchangeRequest(target('http://localhost:1'), { code: 'a\0b', redirectUri: 'r' });
  assert.match(asCurl(nul), /--data-raw 'code=a%00b'/);
});

test('s51 no rendering in JavaScript ends a script element', () => {
  const request = exchangeRequest(target('http://localhost:1'), { code: '</script>', redirectUri: '\u2028' });
  for (const text of [asFetch(request), asAxios(request)]) {
    assert.ok(!text.includes('</script>') && !text.includes('\u2028'), text);
  }
});

test('commands of the AWS CLI have its names, and hostile values go in as JSON', () => {
  assert.equal(kebab('GetTokensFromRefreshToken'), 'get-tokens-from-refresh-token');
  assert.equal(kebab('AllowedOAuthFlowsUserPoolClient'), 'allowed-o-auth-flows-user-pool-client');
  assert.equal(kebab('CallbackURLs'), 'callback-urls');
  assert.equal(kebab('DefaultRedirectURI'), 'default-redirect-uri');
  const api = { name: 'RevokeToken', input: { Token: 'ab.c', ClientId: 'x' }, region: 'r', endpoint: 'http://localhost:1/' };
  const plain = asAwsCli(api);
  assert.match(plain, /aws cognito-idp revoke-token/);
  assert.match(plain, /--token 'ab\.c'/);
  assert.match(plain, /--no-sign-request/);
  for (const Token of ['file:///etc/passwd', '-x', 'https://a', '']) {
    assert.match(asAwsCli({ ...api, input: { Token } }), /--cli-input-json/, Token);
  }
});

test('an address is encoded once', () => {
  const url = fullUrl(authorizeRequest(target('http://localhost:1'), [['a b', '&=#']]));
  assert.equal(url, 'http://localhost:1/oauth2/authorize?a%20b=%26%3D%23');
});
