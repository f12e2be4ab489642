/** TCP ports by which Wireshark 4.0.17 decides what a payload is, before it looks at the bytes. */

const SOCKS = 1080;
/** HTTP, whatever comes (`tshark -G decodes`). */
const HTTP = ports("80 631 1900 2710 2869 3128 3132 3689 5985 8080 8088 11371");
/** TLS, unless it begins like a text. */
const TLS = ports(
  "324 443 465 636 802 853 993 995 1300 2221 2443 3249-3252 3496 5061 5671 5684 5868 8883 11207 19999 27017",
);
/** Another protocol: neither HTTP nor TLS is seen there. Found by a request and a handshake at each port of the list. */
const OTHERS = ports(
  "7 13 19-23 25 37 42-43 49 53 70 79 88 102 110-111 119 123 139 161-162 179 210 323 389 427 445 464 500 " +
    "512-515 524 547-548 554 564 587 639 647 705 854 862 873 925 988 1080 1090 1099 1102 1153 1194 1213 1433 " +
    "1533 1547 1723 1861 1863 1883 1935 2099 2123 2126 2152 2234 2240 2269 2321-2322 2345 2401 2404 2433 2502 " +
    "2571 2575 2600 2812 2944-2945 3014 3016-3019 3245-3248 3268 3288 3306 3357 3369 3452 3478 3632 3671 3724 " +
    "3804 3860 3863 3868 3918 4002 4155 4189 4223 4342 4420 4551 4555-4556 4712 4730 4739 4788 4840 4880 5010 " +
    "5060 5084 5222 5253 5353 5432 5445 5500-5501 5534 5672 5683 5701 5900-5901 5997 6000-6063 6068 6084 6121 " +
    "6160 6346 6379 6417 6653 6667-6668 6881-6889 7000 7075 7171-7172 7236 7275-7276 7871 7911 8009 8023 8074 " +
    "8085 8554 8567 9009 9092 9300 9418 9956 10288 11211 13400 14001 15740 17500 17755-17756 19006 " +
    "19042-19043 19506 19543 21064 24800 29418 34980 44321-44322 44818 48049 48898 57000",
);
/** Another protocol, where the bytes look like HTTP. */
const NOT_HTTP = ports("143 674 2501 22222");
/** Another protocol, where the bytes look like TLS. */
const NOT_TLS = ports("1344 3002-3003 3006 3386 4222 4249-4250 5000 5094");

/** Protocols that hand over to TLS (STARTTLS and its like), or, as SOCKS does, to anything: there the bytes say it. */
const HANDING_OVER = ports("21 25 110 119 389 587 1080 3306 5222 5432");

/** What a port says of what comes there; `null`: nothing. */
export type PortReading = "http" | "tls" | "other" | "notHttp" | "notTls" | null;

/** What is read at a port before anybody looks at the bytes. */
export function readingOfPort(port: number): PortReading {
  if (HTTP.has(port)) return "http";
  if (TLS.has(port)) return "tls";
  if (NOT_HTTP.has(port)) return "notHttp";
  if (NOT_TLS.has(port)) return "notTls";
  if (port === SOCKS || !OTHERS.has(port)) return null;
  return HANDING_OVER.has(port) ? "notHttp" : "other";
}

/** The ports of a list with ranges, as `80 6000-6063`. */
function ports(list: string): ReadonlySet<number> {
  const all = new Set<number>();
  for (const range of list.split(" ")) {
    const [first = 0, last = first] = range.split("-").map(Number);
    for (let port = first; port <= last; port++) all.add(port);
  }
  return all;
}
