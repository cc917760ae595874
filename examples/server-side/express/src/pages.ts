// The pages, as text. Whatever a page is told is escaped.

import type { Profile } from './api';
import type { SignedIn } from './session';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '');
}

function page(content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/styles.css">
<title>Server-side example</title>
</head>
<body>
<main>
<h1>Server-side example</h1>
${content}
</main>
</body>
</html>
`;
}

export function welcomePage(): string {
  return page(`<p>You are signed out. The button leads to the sign-in page and back.</p>
<p><a class="button" href="/sign-in">Sign in</a></p>`);
}

export function accountPage({ username, email }: SignedIn): string {
  return page(`<p>You are signed in as <strong>${escaped(username)}</strong>.</p>
<dl><dt>E-mail address</dt><dd>${escaped(email)}</dd></dl>
<p><a class="button" href="/profile">Call the API</a></p>
<form method="post" action="/sign-out"><button class="quiet">Sign out</button></form>`);
}

export function profilePage({ username, scopes, tokenId }: Profile): string {
  return page(`<p class="answer" role="status">The API knows you as <strong>${escaped(username)}</strong>, by a token for
${escaped(scopes.join(', '))}.</p>
<dl><dt>Token</dt><dd id="token">${escaped(tokenId)}</dd></dl>
<p><a class="button" href="/profile">Call it again</a> <a class="button quiet" href="/">Back</a></p>`);
}

export function problemPage(problem: string): string {
  return page(`<p class="problem" role="alert">${escaped(problem)}</p>
<p><a class="button" href="/sign-in">Sign in</a> <a class="button quiet" href="/">Back</a></p>`);
}
