// Builds the telephone's app into karama/sync/static/field/: `node field/build.mjs`. Called by field/build.py.
// Every file carries its digest in its name; build.json says which belong together, and the worker knows them all.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";
import { KIND } from "./contract.ts";
import { namesOf, said, shortWords, wordsFor } from "./words/short.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const OUT = join(ROOT, "karama/sync/static/field");
const WORDS = process.argv[2];
const TARGET = ["chrome97", "firefox102", "safari16"]; // of 2022: the first that know `wasm-unsafe-eval`, without which no key is made
const options = { bundle: true, minify: true, format: "esm", target: TARGET, jsx: "automatic", jsxImportSource: "preact", legalComments: "none", charset: "utf8", logLevel: "warning", absWorkingDir: ROOT };
/** What esbuild made small once more: four of a hundred bytes less over the wire. */
const smaller = async (script) => (await minify(script, { module: true, ecma: 2020, compress: { passes: 2 } })).code;
/** The mode is a hint to whoever packs; each is unpacked alike. */
const brotli = (content) => [constants.BROTLI_MODE_TEXT, constants.BROTLI_MODE_FONT].map((mode) => brotliAs(content, mode)).sort((one, other) => one.length - other.length)[0];
const brotliAs = (content, mode) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_MODE]: mode, [constants.BROTLI_PARAM_SIZE_HINT]: content.length, [constants.BROTLI_PARAM_LGWIN]: 22 } });
const digest = (content) => createHash("sha256").update(content).digest("hex").slice(0, 10);
const at = (file) => `/static/field/${file}`;

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

const app = (more) => build({ ...options, entryPoints: ["field/main.tsx"], splitting: true, outdir: OUT, metafile: true, entryNames: "[name].[hash]", chunkNames: "part.[hash]", ...more });
const outputs = ({ metafile }) => Object.entries(metafile.outputs).map(([path, told]) => ({ file: relative(OUT, join(ROOT, path)), told }));
/** What is fetched before anything is drawn: the entry and what it imports at once. */
function doorOf(made) {
  const door = new Set([made.find(({ told }) => told.entryPoint === "field/main.tsx").file]);
  for (const file of door) {
    const { told } = made.find((one) => one.file === file);
    for (const { path, kind } of told.imports) if (kind === "import-statement") door.add(relative(OUT, join(ROOT, path)));
  }
  return door;
}

const draft = outputs(await app({ write: false, define: { WORD_FILES: JSON.stringify("{}") } }));
const door = doorOf(draft);
const sourcesOf = (wanted) => draft.filter(wanted).flatMap(({ told }) => Object.keys(told.inputs)).filter((path) => path.startsWith("field/"));
/** Fetched with the door, and never said at it. */
const INSIDE = "field/store/inside.ts";
const ofDoor = new Set(sourcesOf(({ file }) => door.has(file)).filter((path) => path !== INSIDE));
const sentences = (paths) => new Set(paths.flatMap((path) => said(readFileSync(join(ROOT, path), "utf-8"))));
const catalogues = Object.fromEntries(readdirSync(WORDS).map((file) => [file.split(".")[0], JSON.parse(readFileSync(join(WORDS, file), "utf-8"))]));
const inDoor = sentences([...ofDoor]);
const inRest = sentences([...sourcesOf(({ file }) => !door.has(file)), INSIDE]);
const names = namesOf(inRest, inDoor);
const words = {};
for (const [language, told] of Object.entries(catalogues)) {
  const content = JSON.stringify(wordsFor(told, catalogues.en, inDoor, names));
  words[language] = `words.${language}.${digest(content)}.json`;
  writeFileSync(join(OUT, words[language]), content);
}

const isDoor = (path) => ofDoor.has(relative(ROOT, path).replaceAll("\\", "/"));
const made = outputs(await app({
  plugins: [shortWords(isDoor, KIND, names)],
  define: { WORD_FILES: JSON.stringify(JSON.stringify(Object.fromEntries(Object.entries(words).map(([language, file]) => [language, at(file)])))) },
}));
const scripts = made.map((one) => one.file).filter((name) => name.endsWith(".js"));
for (const name of scripts) writeFileSync(join(OUT, name), await smaller(readFileSync(join(OUT, name), "utf-8")));
const first = doorOf(made);
const [main] = first;

const styles = ["karama/ui/static/ui/base.css", "field/ui/field.css"].map((file) => readFileSync(join(ROOT, file), "utf-8")).join("\n");
const sheet = await build({ ...options, stdin: { contents: styles, loader: "css", resolveDir: ROOT }, outfile: join(OUT, "style.css"), write: false });
const css = `style.${digest(sheet.outputFiles[0].contents)}.css`;
writeFileSync(join(OUT, css), sheet.outputFiles[0].contents);

const files = [css, ...made.map((one) => one.file), ...Object.values(words)].map(at);
const version = digest(files.join("\n"));
await build({ ...options, entryPoints: ["field/worker.ts"], outfile: join(OUT, "worker.js"), define: { FILES: JSON.stringify(files), VERSION: JSON.stringify(version) } });

// Telephones with a weak signal get them packed: the server hands out what lies beside each file.
for (const file of readdirSync(OUT)) {
  const content = readFileSync(join(OUT, file));
  writeFileSync(join(OUT, `${file}.br`), brotli(content));
  writeFileSync(join(OUT, `${file}.gz`), gzipSync(content, { level: 9 }));
}

const packed = (names) => names.reduce((sum, name) => sum + brotli(readFileSync(join(OUT, name))).length, 0);
const sizes = { first: packed([...first, css]), scripts: packed(scripts), all: packed([css, ...scripts, ...Object.values(words).filter((name) => name.startsWith("words.es"))]) };
writeFileSync(join(OUT, "build.json"), JSON.stringify({ version, script: at(main), style: at(css), sizes }));
