// A page with Amplify that signs in by redirect, bundled as its users do.

import { createServer } from 'node:http';

import { build } from 'esbuild';

const SOURCE = `
import { Amplify } from 'aws-amplify';
import { fetchAuthSession, getCurrentUser, signInWithRedirect, signOut } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';
import 'aws-amplify/auth/enable-oauth-listener';

const show = (name, value) => {
  const text = document.querySelector('#' + name) ?? document.createElement('pre');
  text.id = name;
  text.textContent = value;
  document.body.append(text);
};
const showUser = async () => {
  const { username } = await getCurrentUser();
  const { tokens } = await fetchAuthSession();
  show('id_token', tokens.idToken.toString());
  show('access_token', tokens.accessToken.toString());
  show('username', username);
};
Hub.listen('auth', ({ payload }) => {
  if (payload.event === 'signInWithRedirect') showUser().catch((error) => show('failed', error));
  if (payload.event === 'signInWithRedirect_failure') show('failed', payload.data?.error);
});
Amplify.configure(window.settings);
document.querySelector('#sign-in').onclick = () =>
  signInWithRedirect().catch((error) => show('failed', error));
document.querySelector('#sign-out').onclick = () => signOut();
getCurrentUser().then(showUser, () => show('nobody', 'signed out'));
`;

const page = (settings) => `<!doctype html>
<title>App</title>
<body>
<button id="sign-in">Sign in</button>
<button id="sign-out">Sign out</button>
<script>window.settings = ${JSON.stringify(settings)};</script>
<script src="/app.js"></script>
`;

// Serves the page until the test ends; `settings` are filled in later.
export async function serveAmplifyPage(test) {
  const bundled = await build({
    stdin: { contents: SOURCE, resolveDir: new URL('..', import.meta.url).pathname },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    logLevel: 'error',
  });
  const [script] = bundled.outputFiles;
  const settings = {};
  const server = createServer((request, response) => {
    if (request.url === '/app.js') {
      response.setHeader('content-type', 'text/javascript').end(script.text);
    } else {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(page(settings));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin: `http://localhost:${server.address().port}`, settings };
}
