// The conversation on the page: what arrives is put in, answered questions are closed, the newest is in view.

export const byId = (id) => document.getElementById(id);

let words = {};
export function learnWords() {
  words = JSON.parse(byId('say').textContent);
}
export const say = (name, filling = '') => words[name].replace('%', filling);

function element(html) {
  const holder = document.createElement('template');
  holder.innerHTML = html.trim();
  return holder.content.firstElementChild;
}

function make(tag, css, text) {
  const made = document.createElement(tag);
  if (css) made.className = css;
  if (text) made.textContent = text;
  return made;
}

export function icon(name) {
  const address = document.querySelector('header use').getAttribute('href').split('#')[0];
  return element(`<svg class="icon" aria-hidden="true"><use href="${address}#${name}"></use></svg>`);
}

export function show(item, quietly = false) {
  const fits = item.offsetHeight < byId('scroll').clientHeight - 24;
  if (fits) item.scrollIntoView({ block: quietly ? 'nearest' : 'end' });
  else if (!quietly) item.scrollIntoView({ block: 'start' });
}

export function showEnd() {
  const last = byId('log').lastElementChild;
  if (last) show(last);
}

// --- what the bot says ---

export function hear(html) {
  const item = element(html);
  if (!item || byId(item.id)) return;
  waiting(false);
  const held = document.activeElement?.closest('#log li');
  const old = item.dataset.replaces && byId('log').querySelector(`[data-prompt="${item.dataset.replaces}"]`);
  const again = old && !old.hasAttribute('data-closed') && lastOurs() === old;
  if (again) turn(old, item);
  else byId('log').append(item);
  if ('open' in item.dataset) retire(item);
  for (const other of byId('log').querySelectorAll('li.pressed')) other.classList.remove('pressed');
  show(item, again);
  // The question that had the focus is answered: go on from what it led to.
  if (held?.hasAttribute('data-closed')) item.focus({ preventScroll: true });
}

function lastOurs() {
  return byId('log').querySelector('li.ours:nth-last-child(1 of li.ours)');
}

// The same question again, with other rows or another one ticked: in the same place, focus kept.
function turn(old, item) {
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset : null;
  old.replaceWith(item);
  item.classList.add('turned');
  if (focused) (findButton(focused.kind, focused.of) ?? item).focus({ preventScroll: true });
}

// A button of the question that waits for an answer.
export function findButton(kind, of) {
  const buttons = byId('log').querySelectorAll('li[data-open] button[data-index]');
  return [...buttons].find((it) => it.dataset.kind === kind && it.dataset.of === of);
}

// Only one question waits for an answer; the earlier ones keep the buttons that start something.
function retire(item) {
  for (const other of byId('log').querySelectorAll('li[data-open]')) {
    if (other === item) continue;
    other.removeAttribute('data-open');
    for (const it of other.querySelectorAll('button[data-index]:not([data-kind="start"]), form, .pick')) it.remove();
    tidy(other);
  }
}

function tidy(item) {
  for (const group of item.querySelectorAll('.choices > div')) if (!group.querySelector('button')) group.remove();
  const choices = item.querySelector('.choices');
  if (choices && !choices.children.length) choices.remove();
}

export function close(token, html) {
  const item = byId('log').querySelector(`[data-prompt="${token}"]`);
  if (!item) return;
  item.setAttribute('data-closed', '');
  item.removeAttribute('data-open');
  item.classList.remove('pressed');
  if (item.contains(document.activeElement)) item.focus({ preventScroll: true });
  for (const it of item.querySelectorAll('.choices, form, td.change')) it.remove();
  if (!html) return;
  const chosen = make('p', 'chosen');
  const text = make('span');
  text.dir = 'auto';
  text.innerHTML = html;
  chosen.append(icon('tick'), text);
  const after = item.nextElementSibling?.querySelector('.bubble > p:first-of-type');
  if (!(item.nextElementSibling?.matches('.theirs') && after?.textContent === text.textContent)) {
    item.querySelector('.bubble').append(chosen);
  }
}

let patience;
export function waiting(on) {
  clearTimeout(patience);
  if (!on) byId('waiting').hidden = true;
  else patience = setTimeout(() => { byId('waiting').hidden = false; byId('waiting').scrollIntoView({ block: 'end' }); }, 300);
}

// --- what the person does ---

export function showOwn(deed) {
  if (byId(`a-${deed.id}`)) return;
  const item = make('li', 'theirs');
  item.id = `a-${deed.id}`;
  item.append(make('span', 'unseen', `${say('said_by_you')}: `));
  const bubble = make('div', 'bubble');
  if (deed.files.length) bubble.append(photos(deed));
  if (deed.label) {
    const text = make('p', '', deed.label);
    text.dir = 'auto';
    bubble.append(text);
  }
  item.append(bubble, make('p', 'state'));
  byId('log').append(item);
  show(item);
}

function photos(deed) {
  const holder = make('div', 'photos');
  for (const file of deed.files) {
    const frame = make('span', 'file');
    frame.dataset.file = file.id;
    if (file.kind === 'image' && file.body) {
      const picture = make('img');
      picture.src = URL.createObjectURL(file.body);
      picture.alt = say('photo', file.name);
      picture.onload = () => show(byId(`a-${deed.id}`));
      picture.onerror = () => picture.replaceWith(make('span', '', file.name));
      frame.append(picture);
    } else {
      frame.append(icon('clip'), make('span', '', file.name));
    }
    holder.append(frame);
  }
  return holder;
}

export function progress(file, part) {
  const frame = byId('log').querySelector(`[data-file="${file.id}"]`);
  if (!frame) return;
  let bar = frame.querySelector('progress');
  if (!bar) {
    bar = make('progress');
    bar.max = 1;
    bar.setAttribute('aria-label', file.name);
    frame.append(bar);
  }
  bar.value = part;
  bar.hidden = part >= 1;
}

// state: sending, sent, waiting (not sent yet), refused
export function mark(deed, state, text = '') {
  const item = byId(`a-${deed.id}`);
  if (!item) return;
  item.dataset.state = state;
  const line = item.querySelector('.state') ?? item.appendChild(make('p', 'state'));
  line.replaceChildren();
  if (state === 'sending') line.append(say('sending'));
  if (state === 'sent') line.append(icon('tick'), make('span', 'unseen', say('sent')));
  if (state === 'refused') line.append(icon('warning'), text);
  if (state === 'waiting') {
    const again = make('button', 'retry', say('retry'));
    again.type = 'button';
    again.dataset.retry = '';
    line.append(icon('warning'), `${say('not_sent')} `, again);
  }
  if (item === byId('log').lastElementChild) show(item, true);
}

// --- notices ---

let fading;
export function toast(text) {
  clearTimeout(fading);
  byId('toast').textContent = text;
  fading = setTimeout(() => { byId('toast').textContent = ''; }, 4000);
}

export function notice(text) {
  byId('line').textContent = text;
  byId('line').hidden = !text;
  if (text) showEnd();
}
