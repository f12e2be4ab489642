/** Perintah: argumennya, yang ditulisnya, dan yang dikatakan sistem. */
import type { command as english } from "../../en/messages/command.ts";

export const command: typeof english = {
  warning: (text) => `peringatan: ${text}`,
  internalError: (reason) =>
    `kesalahan internal (${reason}): ini bug lbqos; laporkan beserta perintah yang Anda berikan dan, bila bisa, capture-nya; LBQOS_DEBUG=1 menunjukkan tempatnya`,

  nothingLearned: (why) => `tidak ada yang dapat dipelajari dari sebuah capture: ${why}`,
  notAudited: (run) => `tidak diaudit, karena tidak dapat dibaca: ${run}`,
  nothingToCompare: (path, why) => `${path}: tidak ada yang dapat dibandingkan: ${why}`,
  namesNothing: () => "tidak menyebut capture maupun tabel",
  runLeftOut: (run) => `tidak disertakan, karena tidak dapat dibaca: ${run}`,
  noManifest: (path) =>
    `tidak ada experiment.yaml di ${path}: metode dan run diambil dari nama, balancer dan backend dari lalu lintas`,
  chartsInPageOnly: (why) => `grafik hanya ada di report.html: ${why}`,
  reportWritten: (path) => `laporannya ada di ${path}`,
  interrupted: (isKept) =>
    `dihentikan${isKept ? "; capture yang sudah dianalisis disimpan untuk kali berikutnya" : ""}`,

  seeHelp: (problem, help) => `${problem}; lihat ${help}`,
  notLanguage: (where, text, languages) =>
    `${where}: "${text}" bukan bahasa yang dikenal lbqos; yang ada ${languages}`,
  unknownCommand: (name, names) => `perintah "${name}" tidak dikenal: yang ada ${names}; lihat lbqos --help`,
  fileForCommand: (name) => `perintah "${name}" tidak dikenal: untuk mengukur capture: lbqos analyze ${name}`,
  unknownOption: (option, near) => `opsi '${option}' tidak dikenal${didYouMean(near)}`,
  unknownSubcommand: (name, near) => `perintah '${name}' tidak dikenal${didYouMean(near)}`,
  missingArgument: (name) => `argumen '${name}' wajib diberikan`,
  optionWithoutValue: (option) => `opsi '${option}' memerlukan nilai`,
  missingOption: (option) => `opsi '${option}' wajib diberikan`,
  notChoice: (option, value, choices) =>
    `nilai '${value}' tidak berlaku untuk opsi '${option}'. Pilihannya ${choices}`,
  argumentNotChoice: (name, value, choices) =>
    `nilai '${value}' tidak berlaku untuk argumen '${name}'. Pilihannya ${choices}`,
  optionsConflict: (option, other) => `opsi '${option}' tidak dapat digunakan bersama opsi '${other}'`,
  tooManyArguments: (name, expected, got) =>
    `terlalu banyak argumen${name === "" ? "" : ` untuk '${name}'`}: seharusnya ${expected}, diberikan ${got}`,
};

function didYouMean(near: string): string {
  return near === "" ? "" : ` (maksudnya ${near.replace(/, (?=[^,]*$)/, " atau ")}?)`;
}
