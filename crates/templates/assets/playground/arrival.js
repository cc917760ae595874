// What an authorization response brought, read from an address. Pure but for the tab's storage.

import { forget, recall } from './tab_store.js';

// Parameters that are looked at, and the longest address: whoever writes a link chooses both.
const MOST = 20;
const LONGEST = 32_768;

const KNOWN = ['code', 'error', 'id_token', 'access_token'];

// Gives { address, query, fragment, pending, isOurs, isSignedOut }; null for an address that brought
// nothing. `pending` is what this tab sent; `isOurs` says whether the state is the one it sent.
export function readArrival(href) {
  const url = new URL(href);
  if (!url.pathname.endsWith('/callback')) return null;
  const pending = recall('pending');
  const isSignOut = recall('signing-out') === true;
  const query = pairs(url.search);
  const fragment = pairs(url.hash.replace(/^#/, ''));
  forget('pending');
  forget('signing-out');
  const came = [...query, ...fragment];
  if (!came.some(([name]) => KNOWN.includes(name))) {
    return { address: href.slice(0, LONGEST), query, fragment, pending, isOurs: false, isSignedOut: isSignOut };
  }
  const state = came.find(([name]) => name === 'state')?.[1];
  const isOurs = pending !== null && (pending.state ?? undefined) === state;
  return { address: href.slice(0, LONGEST), query, fragment, pending, isOurs, isSignedOut: false };
}

const pairs = (text) => [...new URLSearchParams(text.slice(0, LONGEST))].slice(0, MOST);

export const parameter = (list, name) => list?.find(([found]) => found === name)?.[1] ?? null;
