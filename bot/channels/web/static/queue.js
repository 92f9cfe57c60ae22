// What the person did and the server has not taken in yet. It survives a reload and a lost connection.

const NAME = 'solardesk';
let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('deeds', { keyPath: 'order', autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Where the browser keeps nothing (a private window), the queue lives as long as the page.
async function table(mode, work) {
  try {
    const store = (await database()).transaction('deeds', mode).objectStore('deeds');
    return await done(work(store));
  } catch {
    return undefined;
  }
}

export async function kept(chat) {
  const all = (await table('readonly', (store) => store.getAll())) ?? [];
  return all.filter((deed) => deed.chat === chat);
}

export async function keep(deed) {
  deed.order = await table('readwrite', (store) => store.add({ ...deed }));
}

export async function renew(deed) {
  if (deed.order !== undefined) await table('readwrite', (store) => store.put({ ...deed }));
}

export async function forget(deed) {
  if (deed.order !== undefined) await table('readwrite', (store) => store.delete(deed.order));
}
