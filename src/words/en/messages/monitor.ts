/** The live web page's server, and charts. */
export const monitor = {
  pageServed: (url: string) => `The page is at ${url} (Ctrl-C ends it)`,
  pageNotBuilt: (path: string) => `${path} is not there: npm run page makes it`,
  hostReachable: (host: string, address: string) =>
    `${host} means ${address} here, which others reach: use 127.0.0.1.`,
  hostNeedsToken: (host: string) =>
    `${host} is not loopback, so others could watch: give a token for the web page, or listen on 127.0.0.1.`,
  tokenTooShort: (characters: number) =>
    `The web page's token must have ${characters} or more visible ASCII characters: "openssl rand -hex 16" makes one.`,
  portInUse: (place: string) =>
    `The web page's port ${place} is in use: stop the program that uses it, or choose another port.`,
  mayNotListen: (place: string, firstFree: number) =>
    `No permission to listen on ${place}: ports below ${firstFree} need root; choose a higher one.`,
  addressNotHere: (place: string) =>
    `The web page can't listen on ${place}: no interface of this machine has that address; 127.0.0.1 is always there.`,
  hostUnknown: (place: string, host: string) =>
    `The web page can't listen on ${place}: no address is known for ${host}; give an address such as 127.0.0.1.`,
  cannotListen: (place: string, code: string) =>
    `The web page can't listen on ${place}: ${code}; choose another address or port.`,

  // Answers of the page's server
  hostElsewhere: () => "The Host header names another machine.",
  pageFromElsewhere: () => "Pages from elsewhere may not ask here.",
  tokenWanted: () =>
    "This monitor wants its token: open its address with ?token=… at the end, or send Authorization: Bearer ….",
  noContentTaken: () => "Requests bring no content here.",
  nothingHere: () => "There is nothing at this address.",
  onlyRead: () => "This can only be read: GET or HEAD.",
  notMadeNow: () => "This could not be made just now.",
  pagesOpen: (pages: number, ofAddress: number) =>
    `${pages} pages are open already, or ${ofAddress} from your address: close one.`,
  connectionsOpen: () => "Too many connections are open already, or too many from your address.",
  noReportYet: () => "There is no report yet: nothing was captured.",
  noSnapshotYet: () => "There is no snapshot yet.",

  notChartWidth: (text: string, min: number, max: number, names: string) =>
    `"${text}" is not a width for a chart: give centimetres from ${min} to ${max}, or one of ${names}`,
  chartsNotDrawn: (reason: string) =>
    `charts can't be drawn: ${reason}. The packages that draw are optional, and npm left them out. ` +
    "Install what they are compiled with (Debian: apt-get install g++ make python3 pkg-config libcairo2-dev " +
    "libpango1.0-dev libjpeg-dev libgif-dev librsvg2-dev), then install the optional packages again (npm install in lbqos's folder)",
};
