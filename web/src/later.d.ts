/** What `build/words.ts` leaves for later; without a build each is the whole file. */
declare module '*.json?home' {
  const words: object;
  export default words;
}

declare module '*.json?later' {
  const words: object;
  export default words;
}
