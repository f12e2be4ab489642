/** What the user chose or dropped: files, folders, and which of them are captures. */
import { isCaptureName } from "../../experiment/manifest/capture-name.ts";
import { compareNaturally } from "../../experiment/manifest/natural-order.ts";

/** A capture, called by its path below the folder that was chosen, as reports call it. */
export interface ChosenCapture {
  readonly path: string;
  /** Its name is `path`. */
  readonly file: File;
}

/**
 * The captures among files, by their names; of a single file the bytes will tell.
 * Files of one name get a number, so that each can be told apart.
 */
export function capturesAmong(files: readonly File[]): readonly ChosenCapture[] {
  const named = files.length === 1 ? files : files.filter((file) => isCaptureName(pathOf(file)));
  const taken = new Map<string, number>();
  return named
    .map((file) => {
      const path = pathOf(file);
      const count = (taken.get(path) ?? 0) + 1;
      taken.set(path, count);
      return captureNamed(file, count === 1 ? path : `${count}/${path}`);
    })
    .sort((a, b) => compareNaturally(a.path, b.path));
}

/** Every file that was dropped, those in folders too. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const plain = [...transfer.files];
  if (entries.every((entry) => entry === null)) return plain;
  const found = await Promise.all(entries.map((entry) => (entry === null ? [] : filesBelow(entry))));
  return found.flat();
}

function pathOf(file: File): string {
  return file.webkitRelativePath || file.name;
}

/** The file as it is; under another name its bytes are the same, and stay where they are. */
function captureNamed(file: File, path: string): ChosenCapture {
  return { path, file: file.name === path ? file : new File([file], path) };
}

async function filesBelow(entry: FileSystemEntry): Promise<readonly File[]> {
  if (entry instanceof FileSystemFileEntry) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [captureNamed(file, entry.fullPath.replace(/^\//, "")).file];
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return [];
  const reader = entry.createReader();
  const inside: FileSystemEntry[] = [];
  // A browser hands out a folder's entries by the hundred, until there are none left.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    inside.push(...some);
  }
  return (await Promise.all(inside.map(filesBelow))).flat();
}
