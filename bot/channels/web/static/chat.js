// The page comes to life: what the person does, what the server says, and the connection between them.

import { byId, close, findButton, hear, learnWords, notice, say, showEnd, toast, waiting } from './log.js';
import { kindOf } from './photos.js';
import { act, answered, chat, newId, pump, resume, ticksToCome } from './send.js';

// --- doing ---

function press(button) {
  const item = button.closest('li');
  const { token, index, kind, of } = button.dataset;
  const silent = 'silent' in button.dataset;
  const busy = item.classList.contains('pressed');
  if (busy && !silent) return;
  if (button.hasAttribute('aria-pressed')) flip(button);
  const label = silent ? '' : (button.dataset.label ?? button.querySelector('.label').textContent);
  // Ticked before the answer to the last tick came: the button is looked up again when its turn comes.
  act({ type: 'pressed', token, index: Number(index) }, { label, again: busy ? { kind, of } : null });
  item.classList.add('pressed');
}

function flip(button) {
  button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
}

function fill(form) {
  const values = {};
  for (const name of new Set([...form.elements].map((it) => it.name).filter(Boolean))) {
    const all = new FormData(form).getAll(name).map(String);
    values[name] = form.querySelector(`input[type=checkbox][name="${name}"]`) ? all : (all[0] ?? '');
  }
  form.closest('li').classList.add('pressed');
  act({ type: 'filled', token: form.dataset.form, values }, { label: Object.values(values).flat().join('\n') });
}

function sendFiles(list) {
  const files = [...list].slice(0, 30).map((file) => ({
    id: newId(), kind: kindOf(file), name: file.name || 'photo.jpg', size: file.size, body: file,
  }));
  if (files.length) act({ type: 'sent', text: '' }, { files });
}

function sendWords() {
  const text = byId('words').value.trim();
  if (!text) return;
  byId('words').value = '';
  grow();
  act({ type: 'said', text }, { label: text });
}

function sendLocation() {
  const failed = () => toast(say('location_failed'));
  if (!navigator.geolocation) return failed();
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => act({ type: 'said', text: `geo:${coords.latitude.toFixed(5)},${coords.longitude.toFixed(5)}` }, { label: say('location_said') }),
    failed,
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
  );
}

async function copy(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without https there is no clipboard to write to, but there is still a selection to copy.
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'unseen';
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
    button.focus({ preventScroll: true });
  }
  toast(say('copied', text));
}

// --- the composer and its sheets ---

function grow() {
  const box = byId('words');
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight + 2}px`;
  sessionStorage.setItem('draft', box.value);
}

function openSheet(id) {
  for (const tool of document.querySelectorAll('[data-sheet]')) {
    const open = tool.dataset.sheet === id && byId(id).hidden;
    byId(tool.dataset.sheet).hidden = !open;
    tool.setAttribute('aria-expanded', String(open));
    if (open) byId(id).querySelector('button').focus();
  }
}

function closeSheets() {
  const open = document.querySelector('[data-sheet][aria-expanded="true"]');
  if (open) openSheet('');
  return open;
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  const data = button?.dataset ?? {};
  if ('sheet' in data) return openSheet(data.sheet);
  if (!event.target.closest('.sheet') || button) closeSheets();
  if ('copy' in data) copy(button);
  else if ('index' in data) press(button);
  else if ('pick' in data) byId(data.pick).click();
  else if ('location' in data) sendLocation();
  else if ('start' in data) act({ type: 'started', flow: data.start }, { label: button.textContent.trim() });
  else if ('speak' in data) act({ type: 'spoke', locale: data.speak }, { label: button.textContent.trim() });
  else if ('retry' in data) pump();
});

document.addEventListener('submit', (event) => {
  event.preventDefault();
  if (event.target.id === 'composer') sendWords();
  else if (event.target.dataset.form) fill(event.target);
});

document.addEventListener('change', (event) => {
  if (event.target.type !== 'file') return;
  sendFiles(event.target.files);
  event.target.value = '';
});

document.addEventListener('input', (event) => event.target.id === 'words' && grow());

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeSheets()?.focus();
  if (event.target.id === 'words' && event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    sendWords();
  }
});

document.addEventListener('paste', (event) => event.clipboardData.files.length && sendFiles(event.clipboardData.files));
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  sendFiles(event.dataTransfer.files);
});

// --- hearing ---

let source;
let trouble;

function listen() {
  source?.close();
  source = new EventSource(`/chat/events?after=${byId('page').dataset.last}&locale=${document.documentElement.lang}`);
  const on = (name, work) => source.addEventListener(name, (event) => {
    if (event.lastEventId) byId('page').dataset.last = event.lastEventId;
    work(JSON.parse(event.data));
  });
  on('item', ({ html }) => {
    answered();
    hear(html);
    for (const { kind, of } of ticksToCome()) flip(findButton(kind, of));
    void pump();
    renewPanel();
  });
  on('closed', ({ token, html }) => { close(token, html); });
  on('own', ({ key, html }) => { if (!byId(`a-${key}`)) { byId('log').insertAdjacentHTML('beforeend', html); showEnd(); } });
  on('locale', renewPage);
  source.onopen = () => { settled(); pump(); };
  source.onerror = () => {
    trouble ??= setTimeout(() => notice(say(navigator.onLine ? 'quiet' : 'offline')), 4000);
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
  };
}

function settled() {
  clearTimeout(trouble);
  trouble = undefined;
  if (byId('line').hidden) return;
  notice('');
  toast(say('online'));
}

window.addEventListener('offline', () => { notice(say('offline')); waiting(false); });
window.addEventListener('online', () => { settled(); listen(); pump(); });

// Another language: the page as the server would write it now. What is being typed stays.
async function renewPage() {
  const answer = await fetch('/').catch(() => null);
  if (!answer?.ok) return setTimeout(renewPage, 2000);
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  document.documentElement.lang = fresh.documentElement.lang;
  byId('page').replaceWith(document.adoptNode(fresh.getElementById('page')));
  answered();
  waiting(false);
  open();
}

let renewing;
function renewPanel() {
  const panel = byId('panel');
  if (!panel || getComputedStyle(panel).display === 'none') return;
  clearTimeout(renewing);
  renewing = setTimeout(async () => {
    const answer = await fetch('/panel').catch(() => null);
    if (!answer?.ok) return;
    const open = new Set([...panel.querySelectorAll('details[open]')].map((it) => it.id));
    panel.innerHTML = await answer.text();
    for (const it of panel.querySelectorAll('details')) if (open.has(it.id)) it.open = true;
  }, 150);
}

function open() {
  learnWords();
  byId('words').value = sessionStorage.getItem('draft') ?? '';
  grow();
  resume();
  showEnd();
  listen();
  renewPanel();
  if (!navigator.onLine) notice(say('offline'));
  if (matchMedia('(pointer: fine)').matches) byId('words').focus({ preventScroll: true });
}

// The page was opened by a link, or for the first time.
function begin() {
  const start = JSON.parse(byId('start').textContent);
  if (location.pathname !== '/' || location.search) history.replaceState(null, '', '/');
  if (start.deed) act(start.deed, { id: start.id || newId() });
}

window.addEventListener('resize', () => { if (document.activeElement === byId('words')) showEnd(); });
open();
begin();
document.body.dataset.ready = chat();
