// Everything that lies in the browser's stores for this address, as one text.
async () => {
  const out = [];
  const bytes = (b) => { const a = new Uint8Array(b); let s = ""; for (const x of a) s += String.fromCharCode(x); return s; };
  const told = (v) => { if (v instanceof ArrayBuffer) return bytes(v); if (ArrayBuffer.isView(v)) return bytes(v.buffer);
    if (v && typeof v === "object") return Object.entries(v).map(([k, x]) => k + "=" + told(x)).join(";"); return String(v); };
  for (const {name} of await indexedDB.databases()) {
    const db = await new Promise((ok, no) => { const r = indexedDB.open(name); r.onsuccess = () => ok(r.result); r.onerror = no; });
    for (const store of db.objectStoreNames) {
      const t = db.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([t.getAllKeys(), t.getAll()].map(r => new Promise(ok => { r.onsuccess = () => ok(r.result); })));
      keys.forEach((k, i) => out.push(name, store, told(k), told(values[i])));
    }
    db.close();
  }
  for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys()) out.push(name, one.url);
  out.push(JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}));
  return out.join("\\n");
}
