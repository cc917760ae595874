// What the programs of a page import, and whether the page says how to install it.

import { isBuiltin } from 'node:module';

const JS_IMPORT = /(?:\bfrom|^import) '([^'.][^']*)';$/gm;
const PYTHON_IMPORT = /^(?:from ([\w.]+) import|import ([\w., ]+)$)/gm;
const INSTALLS = /`(?:npm|pip) install ([^`]+)`/g;

// Modules that come with Python, as far as the pages use them.
const WITH_PYTHON = [
  'base64', 'hashlib', 'hmac', 'http', 'json', 'secrets', 'struct', 'sys', 'time', 'urllib',
];

// Python packages under another name than their module's, or that come with another package.
const PACKAGE_OF = { jwt: 'pyjwt', cryptography: 'pyjwt', joserfc: 'authlib' };

// Names the packages that a reader would miss: imported by a file of the page, installed nowhere.
export function missingPackages({ text, files }) {
  const installs = [...text.matchAll(INSTALLS)].flatMap(([, names]) => names.replaceAll("'", '').split(' '));
  const installed = installs.map((name) => name.replace(/\[.*\]$/, ''));
  const imported = files.flatMap(({ language, text: code }) => {
    if (language === 'python') return pythonPackages(code);
    return language === 'js' ? jsPackages(code) : [];
  });
  return [...new Set(imported)].filter((name) => !installed.includes(name));
}

function jsPackages(code) {
  const names = [...code.matchAll(JS_IMPORT)].map(([, name]) => name).filter((name) => !isBuiltin(name));
  return names.map((name) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/'));
}

function pythonPackages(code) {
  const modules = [...code.matchAll(PYTHON_IMPORT)].flatMap(([, from, list]) => from ?? list.split(/, */));
  const names = modules.map((module) => module.split('.')[0]);
  return names.filter((name) => !WITH_PYTHON.includes(name)).map((name) => PACKAGE_OF[name] ?? name);
}
