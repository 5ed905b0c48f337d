/** The models while they are edited: figures as they are typed, judged before they are sent. Pure. */
import type { ModelBody, ModelView, Provider } from './queries';

export interface ModelFields {
  /** Tells the lines of a list that is put into another order. */
  readonly id: string;
  readonly provider: Provider;
  readonly model: string;
  readonly baseUrl: string;
  readonly inputPrice: string;
  readonly outputPrice: string;
}

export interface ModelForm {
  readonly brain: ModelView['brain'];
  readonly main: ModelFields;
  readonly fallbacks: readonly ModelFields[];
  readonly outputTokens: string;
  readonly caps: Readonly<Record<CapName, string>>;
}

export const CAPS = ['day_cost_cap', 'day_token_cap', 'conversation_cost_cap', 'conversation_token_cap'] as const;
export type CapName = (typeof CAPS)[number];
export type Fault = 'needed' | 'name' | 'address' | 'price' | 'priceNeeded' | 'cap' | 'tokens';

export const MOST_FALLBACKS = 4;
const LEAST_TOKENS = 100;
const MOST_TOKENS = 32_000;

export function formOf(view: ModelView): ModelForm {
  return {
    brain: view.brain,
    main: fieldsOf('main', { ...view, model: view.model ?? '' }),
    fallbacks: view.fallbacks.map((one, index) => fieldsOf(`${String(index)} ${one.provider} ${one.model}`, one)),
    outputTokens: String(view.output_tokens),
    caps: Object.fromEntries(CAPS.map((name) => [name, figure(view[name])])) as Record<CapName, string>,
  };
}

export function bodyOfForm(form: ModelForm, version: string): ModelBody {
  const { model, ...main } = wireOf(form.main);
  return {
    version,
    brain: form.brain,
    ...main,
    model: model === '' ? null : model,
    output_tokens: Number(form.outputTokens),
    fallbacks: form.fallbacks.map(wireOf),
    day_cost_cap: capOf(form.caps.day_cost_cap),
    day_token_cap: tokensOf(form.caps.day_token_cap),
    conversation_cost_cap: capOf(form.caps.conversation_cost_cap),
    conversation_token_cap: tokensOf(form.caps.conversation_token_cap),
  };
}

/** What is wrong, by the field's path: `main.model`, `0.baseUrl`, `day_cost_cap`. */
export function judge(form: ModelForm): Readonly<Record<string, Fault>> {
  const faults: Record<string, Fault> = {};
  const capped = form.caps.day_cost_cap !== '' || form.caps.conversation_cost_cap !== '';
  [form.main, ...form.fallbacks].forEach((fields, index) => {
    const path = index === 0 ? 'main' : String(index - 1);
    const optional = index === 0 && fields.model === '';
    if (fields.model.trim() === '' && !optional) faults[`${path}.model`] = 'needed';
    if (/\s/.test(fields.model.trim())) faults[`${path}.model`] = 'name';
    if (fields.baseUrl.trim() !== '' && !isAddress(fields.baseUrl.trim())) faults[`${path}.baseUrl`] = 'address';
    for (const price of ['inputPrice', 'outputPrice'] as const) {
      if (!isFigure(fields[price])) faults[`${path}.${price}`] = 'price';
      else if (capped && !optional && Number(fields[price]) === 0) faults[`${path}.${price}`] = 'priceNeeded';
    }
  });
  for (const name of CAPS) if (form.caps[name] !== '' && !(Number(form.caps[name]) > 0)) faults[name] = 'cap';
  const tokens = Number(form.outputTokens);
  if (!Number.isInteger(tokens) || tokens < LEAST_TOKENS || tokens > MOST_TOKENS) faults['outputTokens'] = 'tokens';
  return faults;
}

/** The list with one line put a place up or down. */
export function moved<Item>(list: readonly Item[], from: number, by: -1 | 1): readonly Item[] {
  const to = from + by;
  if (to < 0 || to >= list.length) return list;
  const next = [...list];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}

export function emptyFallback(id: string): ModelFields {
  return { id, provider: 'openai', model: '', baseUrl: '', inputPrice: '0', outputPrice: '0' };
}

/** Where a model's key would go elsewhere than it goes now. */
export function isElsewhere(form: ModelForm, view: ModelView): boolean {
  return view.key.is_set && (form.main.provider !== view.provider || form.main.baseUrl.trim() !== (view.base_url ?? ''));
}

/** What separates the decimals of a figure in this language. */
export function decimalOf(language: string): string {
  return new Intl.NumberFormat(language).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
}

interface Stored {
  readonly provider: Provider;
  readonly model: string;
  readonly base_url?: string | null;
  readonly input_price?: string | number;
  readonly output_price?: string | number;
}

function fieldsOf(id: string, { provider, model, base_url, input_price, output_price }: Stored): ModelFields {
  return {
    id,
    provider,
    model,
    baseUrl: base_url ?? '',
    inputPrice: figure(input_price ?? 0),
    outputPrice: figure(output_price ?? 0),
  };
}

function wireOf({ provider, model, baseUrl, inputPrice, outputPrice }: ModelFields) {
  const address = baseUrl.trim();
  return {
    provider,
    model: model.trim(),
    base_url: address === '' ? null : address,
    input_price: inputPrice,
    output_price: outputPrice,
  };
}

function figure(value: string | number | null): string {
  return value === null ? '' : String(Number(value));
}

function capOf(typed: string): string | null {
  return typed === '' ? null : typed;
}

function tokensOf(typed: string): number | null {
  return typed === '' ? null : Number(typed);
}

function isFigure(typed: string): boolean {
  return typed !== '' && Number(typed) >= 0;
}

function isAddress(typed: string): boolean {
  return /^https?:\/\/[^\s/]+/.test(typed);
}
