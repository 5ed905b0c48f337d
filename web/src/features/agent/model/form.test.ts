/** What is typed about models: judged, put in order, and sent as it is meant. */
import { describe, expect, it } from 'vitest';
import { bodyOfForm, emptyFallback, formOf, isElsewhere, judge, moved, type ModelForm } from './form';
import type { ModelView } from './queries';

const VIEW: ModelView = {
  version: 'v1',
  is_demo: false,
  may_be_demo: false,
  brain: 'live',
  provider: 'openai',
  model: 'gpt-x',
  base_url: null,
  input_price: '2.5000',
  output_price: '10.0000',
  output_tokens: 2000,
  key: { name: 'model:api_key', is_set: true },
  fallbacks: [
    {
      provider: 'anthropic',
      model: 'claude',
      base_url: null,
      input_price: '3.0000',
      output_price: '15.0000',
      key: { name: 'model:anthropic:api_key', is_set: false },
    },
  ],
  day_cost_cap: '5.0000',
  day_token_cap: null,
  conversation_cost_cap: null,
  conversation_token_cap: 200_000,
};
const form = formOf(VIEW);
const withMain = (changes: Partial<ModelForm['main']>): ModelForm => ({ ...form, main: { ...form.main, ...changes } });

describe('the form of models', () => {
  it('comes back as it was read', () => {
    const body = bodyOfForm(form, 'v1');
    expect(body.input_price).toBe('2.5');
    expect(body.day_cost_cap).toBe('5');
    expect(body.conversation_token_cap).toBe(200_000);
    expect(body.day_token_cap).toBeNull();
    expect(body.fallbacks).toEqual([
      { provider: 'anthropic', model: 'claude', base_url: null, input_price: '3', output_price: '15' },
    ]);
    expect(judge(form)).toEqual({});
  });

  it('says what is wrong, and where', () => {
    expect(judge(withMain({ model: 'two words' }))).toEqual({ 'main.model': 'name' });
    expect(judge(withMain({ baseUrl: 'models.example.com' }))).toEqual({ 'main.baseUrl': 'address' });
    expect(judge(withMain({ inputPrice: '' }))).toEqual({ 'main.inputPrice': 'price' });
    expect(judge({ ...form, outputTokens: '5' })).toEqual({ outputTokens: 'tokens' });
    expect(judge({ ...form, caps: { ...form.caps, day_token_cap: '0' } })).toEqual({ day_token_cap: 'cap' });
    expect(judge({ ...form, fallbacks: [emptyFallback('x')] })).toEqual({
      '0.model': 'needed',
      '0.inputPrice': 'priceNeeded',
      '0.outputPrice': 'priceNeeded',
    });
  });

  it('wants prices only where money is capped', () => {
    const free = withMain({ inputPrice: '0' });
    expect(judge(free)).toEqual({ 'main.inputPrice': 'priceNeeded' });
    expect(judge({ ...free, caps: { ...form.caps, day_cost_cap: '' } })).toEqual({});
  });

  it('moves a line and keeps the others', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });

  it('knows when the key would go elsewhere', () => {
    expect(isElsewhere(form, VIEW)).toBe(false);
    expect(isElsewhere(withMain({ provider: 'google' }), VIEW)).toBe(true);
    expect(isElsewhere(withMain({ baseUrl: 'https://models.example.com/v1' }), VIEW)).toBe(true);
    expect(isElsewhere(withMain({ provider: 'google' }), { ...VIEW, key: { ...VIEW.key, is_set: false } })).toBe(false);
  });
});
