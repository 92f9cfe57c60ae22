// Everything the person does goes through one queue: in order, once, and again when the network was away.

import { byId, findButton, mark, progress, say, showOwn, toast, waiting } from './log.js';
import { smaller, upload } from './photos.js';
import { forget, keep, kept, renew } from './queue.js';

const LARGEST = 30 * 1024 * 1024;
const PATIENCE = 8000;
const PAUSES = [1000, 2000, 4000, 8000, 15000];

let deeds = [];
let sending = false;
let failures = 0;
let timer;
let lastPrompt;

export const chat = () => byId('page').dataset.chat;

export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((it) => it.toString(16).padStart(2, '0')).join('');
}

// Do something: shown at once, kept until the server has it. `label` is what the person sees of it;
// `again` names a button that will stand on the next prompt.
export async function act(content, { label = '', files = [], id = newId(), again = null } = {}) {
  const deed = { id, chat: chat(), content, label, files, again, state: 'new' };
  deeds.push(deed);
  if (label || files.length) showOwn(deed);
  waiting(navigator.onLine);
  const stored = keep(deed);
  if (files.length) await stored;
  void pump();
}

// What a reload or another page of this person left behind.
export async function resume() {
  const known = new Set(deeds.map((deed) => deed.id));
  for (const deed of await kept(chat())) if (!known.has(deed.id)) deeds.push(deed);
  for (const deed of deeds) {
    if (deed.state === 'sent' && byId(`a-${deed.id}`)) continue;
    if (deed.label || deed.files.length) {
      showOwn(deed);
      mark(deed, deed.state === 'sent' ? 'sent' : 'waiting');
    }
  }
  void pump();
}

// The bot has answered: what was sent before is in its history now.
export function answered() {
  for (const deed of deeds.filter((it) => it.state === 'sent')) void forget(deed);
  deeds = deeds.filter((it) => it.state !== 'sent');
}

// Ticks that the server has not heard of yet, where they can be shown.
export function ticksToCome() {
  const coming = deeds.filter((deed) => deed.state !== 'sent' && deed.again).map((deed) => deed.again);
  return coming.filter(({ kind, of }) => findButton(kind, of)?.hasAttribute('aria-pressed'));
}

// The press as the prompt now on the page has it; false when that one is still to come.
function found(deed) {
  if (!deed.again) return true;
  const button = findButton(deed.again.kind, deed.again.of);
  if (button && button.dataset.token !== lastPrompt) {
    deed.content = { ...deed.content, token: button.dataset.token, index: Number(button.dataset.index) };
    deed.again = null;
    return true;
  }
  deed.since ??= Date.now();
  return Date.now() - deed.since > PATIENCE;
}

export async function pump() {
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  try {
    for (let deed; (deed = deeds.find((it) => it.state !== 'sent')); ) {
      if (!found(deed)) {
        timer = setTimeout(pump, PATIENCE);
        return;
      }
      mark(deed, 'sending');
      const outcome = await deliver(deed);
      if (outcome === 'later') {
        later();
        return;
      }
      failures = 0;
      await finish(deed, outcome);
    }
  } finally {
    sending = false;
  }
}

function later() {
  waiting(false);
  for (const deed of deeds) if (deed.state !== 'sent') mark(deed, 'waiting');
  timer = setTimeout(pump, PAUSES[Math.min(failures, PAUSES.length - 1)]);
  failures += 1;
}

async function finish(deed, outcome) {
  if (outcome === 'sent') {
    deed.state = 'sent';
    lastPrompt = deed.content.token ?? lastPrompt;
    mark(deed, 'sent');
    for (const file of deed.files) file.body = undefined;
    await renew(deed);
    return;
  }
  deeds = deeds.filter((it) => it !== deed);
  await forget(deed);
  waiting(false);
  if (deed.label || deed.files.length || deed.problem) mark(deed, 'refused', deed.problem ?? say(outcome));
  else toast(say(outcome));
}

// sent, later, or the name of the words that say why not
async function deliver(deed) {
  for (const file of deed.files.filter((it) => !it.stored && !it.refused)) {
    const outcome = await deliverFile(deed, file);
    if (outcome === 'later') return 'later';
  }
  const files = deed.files.filter((file) => !file.refused);
  if (deed.files.length && !files.length) return 'refused';
  const body = { ...deed.content };
  if (files.length) {
    body.files = files.map((file) => ({ type: 'file', id: file.id, kind: file.kind, name: file.name, size: file.size }));
  }
  return post(deed, JSON.stringify({ content: body, locale: document.documentElement.lang }));
}

async function deliverFile(deed, file) {
  const small = await smaller(file.body);
  const status = small.size > LARGEST ? 413 : await upload(`/chat/files/${file.id}`, small, (part) => progress(file, part));
  if (status === 413) {
    file.refused = true;
    deed.problem = say('too_big', file.name);
    toast(deed.problem);
  } else if (status === 201) {
    file.stored = true;
    file.size = small.size;
    await renew(deed);
  } else {
    return 'later';
  }
  return 'stored';
}

async function post(deed, body) {
  try {
    const answer = await fetch(`/chat/say/${deed.id}`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
      signal: AbortSignal.timeout(20_000),
    });
    if (answer.ok) return 'sent';
    if (answer.status === 409) {
      for (const file of deed.files) file.stored = false;
      return 'later';
    }
    if (answer.status === 413) return 'too_long';
    // Only our own 400 says that it will never be taken; a hotel's login page says 403 and passes.
    return answer.status === 400 ? 'refused' : 'later';
  } catch {
    return 'later';
  }
}
