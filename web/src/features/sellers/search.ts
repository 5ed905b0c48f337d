/** Which seller's profile is open, in the address. Pure. */
export interface SellersSearch {
  readonly seller?: number;
}

export function sellersSearch(search: SellersSearch): SellersSearch {
  const seller = Number(search.seller);
  return Number.isSafeInteger(seller) && seller > 0 ? { seller } : {};
}
