/** The origin that this script came from: where the API is unless the page says otherwise. */
export const scriptOrigin = new URL(import.meta.url).origin;
