// The playground: reads what came back with the address, takes it out of there, and starts every
// section of the page.

import { readArrival } from './arrival.js';
import { startArrival } from './arrival_section.js';
import { startAuthorize } from './authorize_section.js';
import { startChoice } from './choice_section.js';
import { startCustom } from './custom_section.js';
import { byId, fill, notice } from './dom.js';
import { startExchange } from './exchange_section.js';
import { startImplicit } from './implicit_section.js';
import { startMistakes } from './mistakes_section.js';
import { startPostman } from './postman_section.js';
import { readClock } from './server.js';
import { change } from './state.js';
import { startSteps } from './steps.js';
import { startTokens } from './tokens_section.js';
import { startUse } from './use_section.js';
import { startVerification } from './verification_section.js';

const PAGE = '/_poolhouse/playground';

async function start() {
  const arrived = readArrival(location.href);
  const wanted = new URLSearchParams(location.search).get('client_id');
  const { hash } = location;
  // Before anything else can fail: a code and tokens do not stay in the address bar or the history.
  history.replaceState(null, '', arrived ? PAGE : location.pathname + location.search + hash);
  if (!crypto.subtle) {
    fill(byId('trouble'), notice('This page needs Web Crypto, which browsers offer on https, http://localhost and http://127.0.0.1 only. Open it at one of these.'));
    return;
  }
  if (!isAtPublicUrl()) return;
  startSteps(stepOf(arrived));
  const clock = await readClock().catch(() => ({ ahead_ms: 0 }));
  change({ arrived, clockAhead: clock.ahead_ms / 1000 });
  for (const section of [startAuthorize, startArrival, startExchange, startMistakes, startPostman, startTokens, startVerification, startUse, startImplicit, startCustom]) section();
  await startChoice(arrived?.pending?.clientId ?? wanted);
  document.documentElement.dataset.ready = 'true';
}

// Where what came back is looked at; null for an address that brought nothing.
function stepOf(arrived) {
  if (arrived === null) return null;
  return arrived.fragment.length > 0 ? 'implicit' : 'exchange';
}

// Cookies and the tab's storage belong to one origin: the one that sign-ins lead back to.
function isAtPublicUrl() {
  const { publicUrl } = byId('playground').dataset;
  if (new URL(publicUrl).origin === location.origin) return true;
  const link = document.createElement('a');
  link.href = `${publicUrl}${PAGE}`;
  link.textContent = `${publicUrl}${PAGE}`;
  fill(byId('trouble'), notice('Sign-ins lead back to the server’s public URL, and this page was opened under another. Open it here: ', link));
  return false;
}

start().catch((error) => fill(byId('trouble'), notice(`The page could not start: ${error.message}`)));
