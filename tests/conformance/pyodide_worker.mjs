// Runs pyodide_calls.py of a folder in Pyodide: node pyodide_worker.mjs <pyodide.mjs> <folder>
import { pathToFileURL } from "node:url";

const [, , program, folder] = process.argv;
globalThis.fetch = () => {
  throw new Error("The functions need nothing from a network.");
};
const { loadPyodide } = await import(pathToFileURL(program));
const python = await loadPyodide();
python.FS.mkdirTree("/calls");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/calls");
python.runPython("import sys; sys.path.insert(0, '/calls')");
console.log(python.pyimport("pyodide_calls").answer_all("/calls"));
