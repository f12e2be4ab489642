/** `lbqos open --help`. */
export const helpOpen = {
  captures: "captures to load, or folders of them; none: the page asks for some",
  port: "port of the page on 127.0.0.1 (default: one that is free)",
  after: `Serves the page that analyzes captures in a browser, until it is ended (Ctrl-C). One
capture gives a report; several are compared, with methods and runs from their names.
The address has a token, so that no other user of this machine gets at the captures.
The page connects to nothing but this command, and nothing is written.`,
  exitStatus: "0 ended by a signal, 1 nothing to serve, 2 wrong usage.",
  examples: {
    one: "one capture",
    folder: "a folder of captures, at a port of one's own",
  },
};
