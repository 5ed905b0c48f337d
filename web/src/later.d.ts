/** What `build/words.ts` leaves for later; without a build it is the whole file. */
declare module '*.json?later' {
  const words: object;
  export default words;
}
