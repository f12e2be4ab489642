/** The formats that exchanges are written in, by their names in requests. */
import { exchangeHar } from "./exchange-har.ts";
import { exchangeCsv, exchangeJsonLines } from "./exchange-lines.ts";

export const EXCHANGE_FORMATS = { csv: exchangeCsv, jsonLines: exchangeJsonLines, har: exchangeHar };
export type ExchangeFormatName = keyof typeof EXCHANGE_FORMATS;
