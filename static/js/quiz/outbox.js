// Answers that are not yet acknowledged, kept in this browser for one person and attempt.
// Each has an entry of its own, so that two tabs never write over each other.
const PREFIX = "sojourn-outbox:";
const inMemory = new Map();

const store = (() => {
  try {
    localStorage.setItem(`${PREFIX}try`, "");
    localStorage.removeItem(`${PREFIX}try`);
    return localStorage;
  } catch {
    return {
      getItem: (key) => inMemory.get(key) ?? null,
      setItem: (key, value) => inMemory.set(key, value),
      removeItem: (key) => inMemory.delete(key),
      key: (place) => [...inMemory.keys()][place],
      get length() {
        return inMemory.size;
      },
    };
  }
})();

const nameOf = ({ user, attempt, item, client }) =>
  `${PREFIX}${user}:${attempt}:${item}:${client}`;

const names = (prefix) => {
  const stored = Array.from({ length: store.length }, (_, place) => store.key(place));
  return [...new Set([...stored, ...inMemory.keys()])].filter((name) => name?.startsWith(prefix));
};

// A full store keeps nothing more: then this page remembers the entry until it is sent.
export const keep = (entry) => {
  const name = nameOf(entry);
  remove(name);
  try {
    store.setItem(name, JSON.stringify(entry));
  } catch {
    inMemory.set(name, JSON.stringify(entry));
  }
};

// Forget an entry, unless a newer one has taken its place since.
export const forget = (entry) => {
  const stored = read(nameOf(entry));
  if (stored && stored.key === entry.key) remove(nameOf(entry));
};

export const entries = (user, attempt) =>
  names(`${PREFIX}${user}:${attempt}:`)
    .map(read)
    .filter(Boolean)
    .sort((one, other) => one.at - other.at);

export const forgetAll = () => names(PREFIX).forEach(remove);

function remove(name) {
  inMemory.delete(name);
  store.removeItem(name);
}

function read(name) {
  try {
    return JSON.parse(inMemory.get(name) ?? store.getItem(name));
  } catch {
    return null;
  }
}

// crypto.randomUUID is there on secure origins only.
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
