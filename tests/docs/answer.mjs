// Compares what a page shows with what came: all of it, but for what is another at each run.

const ISO_TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/;
const HTTP_TIME = /[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
const JOSE = /eyJ[\w-]{8,}(?:\.[\w-]+)*/;
const CUT_JOSE = /eyJ[\w-]*\.\.\./;
const MESSAGE_ID = /\d{15}-[0-9a-f]{16}/;
const POOL_ID = /[a-z]{2}-[a-z]+-\d_[A-Za-z0-9]{9}/;
const HEX = /\b[0-9a-f]{16,}\b/;
const RANDOM = /(?=[\w+/-]*\d)(?=[\w+/-]*[A-Z])(?=[\w+/-]*[a-z])[\w+/-]{20,}={0,2}/;
const CLIENT_ID = /\b(?=[a-z]*\d)[a-z0-9]{24,}\b/;
const NUMBER = /\d{5,}/;

// What differs from run to run, and whether the same text on a page must be the same text then.
const KINDS = [
  { pattern: ISO_TIME, isKept: false },
  { pattern: HTTP_TIME, isKept: false },
  { pattern: UUID, isKept: true },
  { pattern: JOSE, isKept: true },
  { pattern: MESSAGE_ID, isKept: true },
  { pattern: POOL_ID, isKept: true },
  { pattern: HEX, isKept: true },
  // Chance leaves the digits out now and then: only what is shown has to have them.
  { pattern: RANDOM, stands: /[\w+/-]{20,}={0,2}/, isKept: true },
  { pattern: CLIENT_ID, stands: /[a-z0-9]{24,}/, isKept: true },
  { pattern: NUMBER, isKept: false },
];

// The texts of one page: what it shows stands for the same thing wherever it shows it.
export class Answers {
  #samples;
  #seen = new Map();
  #stoodFor = new Map();

  // `samples` are texts that stand for themselves: they are the same in both, though they look
  // like what differs.
  constructor(samples) {
    this.#samples = [...samples].sort((a, b) => b.length - a.length);
  }

  // Says how `came` differs from `shown`, both in words; undefined when it does not.
  difference(language, shown, came) {
    if (language === 'http') return this.#httpDifference(shown, came);
    if (language === 'json') return this.#jsonDifference(shown, came);
    return this.#textDifference(shown, came);
  }

  #jsonDifference(shown, came) {
    const [tidyShown, tidyCame] = [tidyJson(shown), tidyJson(came)];
    if (tidyShown === undefined) return this.#textDifference(shown, came);
    if (tidyCame === undefined) return `no JSON came, but\n${came}`;
    return this.#textDifference(tidyShown, tidyCame);
  }

  // The status has to be the one that came, each header that is shown among those that came, and
  // the body, if one is shown, the whole body.
  #httpDifference(shown, came) {
    const [head, body] = cut(shown);
    const [cameHead, cameBody] = cut(came);
    const [status, ...headers] = head.split('\n');
    const [cameStatus, ...cameHeaders] = cameHead.split('\n');
    if (status !== cameStatus) return `${status} is shown, ${cameStatus} came`;
    for (const header of headers) {
      const name = `${header.split(':')[0].toLowerCase()}:`;
      const rivals = cameHeaders.filter((line) => line.toLowerCase().startsWith(name));
      const isThere = rivals.some((line) => this.#textDifference(lowerName(header), lowerName(line)) === undefined);
      if (!isThere) return `no such header came: ${header}\n${came}`;
    }
    return body === undefined ? undefined : this.#jsonDifference(body, cameBody ?? '');
  }

  #textDifference(shown, came) {
    const expected = this.#pattern(shown.trim());
    const match = new RegExp(`^${expected.source}$`, 's').exec(came.trim());
    if (!match) return `shown:\n${shown.trim()}\ncame:\n${came.trim()}`;
    return this.#firstBroken(expected.kept, match);
  }

  // The pattern that a shown text stands for; each text in `kept` has a group of that number.
  #pattern(shown) {
    const kept = [];
    const volatile = KINDS.map(({ pattern }, at) => `(?<k${at}>${pattern.source})`);
    const sample = this.#samples.map(escape).join('|') || '(?!)';
    const parts = new RegExp(
      [
        `(?<sample>${sample})`,
        '(?<lines>^\\.\\.\\.\n?$)',
        `(?<cut>${CUT_JOSE.source})`,
        '(?<ellipsis>\\.\\.\\.)',
        ...volatile,
      ].join('|'),
      'gm',
    );
    let source = '';
    let end = 0;
    for (const part of shown.matchAll(parts)) {
      source += escape(shown.slice(end, part.index));
      end = part.index + part[0].length;
      const { sample: same, lines, cut, ellipsis } = part.groups;
      const kind = KINDS.find((_, at) => part.groups[`k${at}`] !== undefined);
      const stands = (kind?.stands ?? kind?.pattern)?.source;
      if (same !== undefined) source += escape(same);
      else if (lines !== undefined) source += '.*';
      else if (cut !== undefined) source += 'eyJ[\\w.-]+';
      else if (ellipsis !== undefined) source += '[^\\n]*';
      else if (kind.isKept) {
        source += `(${stands})`;
        kept.push(part[0]);
      } else source += `(?:${stands})`;
    }
    return { source: source + escape(shown.slice(end)), kept };
  }

  #firstBroken(kept, match) {
    for (const [index, shown] of kept.entries()) {
      const came = match[index + 1];
      const before = this.#seen.get(shown) ?? came;
      const stoodFor = this.#stoodFor.get(came) ?? shown;
      if (before !== came) return `${shown} stood for ${before} above, and for ${came} here`;
      if (stoodFor !== shown) return `${came} was shown as ${stoodFor} above, and as ${shown} here`;
      this.#seen.set(shown, came);
      this.#stoodFor.set(came, shown);
    }
    return undefined;
  }
}

function escape(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

function tidyJson(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

function cut(text) {
  const tidy = text.replaceAll('\r', '').trim();
  const at = tidy.indexOf('\n\n');
  return at < 0 ? [tidy, undefined] : [tidy.slice(0, at), tidy.slice(at + 2)];
}

function lowerName(header) {
  const at = header.indexOf(':');
  return header.slice(0, at).toLowerCase() + header.slice(at);
}
