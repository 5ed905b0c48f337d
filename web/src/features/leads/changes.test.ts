import { describe, expect, it } from 'vitest';
import { changed, edited, former } from './changes';
import { aLead } from './sample';

describe('an edit', () => {
  it('begins a stage anew only where the stage is another', () => {
    const lead = aLead({ stage_key: 'new', stage_since: 'then' });
    expect(changed(lead, { stage_key: 'won' }, 'now')).toMatchObject({ stage_key: 'won', stage_since: 'now' });
    expect(changed(lead, { stage_key: 'new', company: 'Acme' }, 'now')).toMatchObject({ stage_since: 'then', company: 'Acme' });
  });

  it('goes back to what it took the place of, nobody and nothing too', () => {
    const lead = aLead({ stage_key: 'lost', lost_reason: 'Precio' });
    expect(former(lead, { stage_key: 'new', lost_reason: null })).toEqual({ stage_key: 'lost', lost_reason_other: 'Precio' });
    expect(former(lead, { owner_user_id: 7 })).toEqual({ owner_user_id: null });
  });

  it('of one field of the company leaves the others, and empties what was empty', () => {
    const lead = aLead({ custom: { size: 'grande' } });
    const change = { custom: { vip: true } };
    expect(changed(lead, change, 'now').custom).toEqual({ size: 'grande', vip: true });
    expect(former(lead, change)).toEqual({ custom: { vip: null } });
    expect(changed(lead, { custom: { size: null } }, 'now').custom).toEqual({});
  });

  it('of many puts tags on and takes others off, once each', () => {
    const lead = aLead({ tag_ids: [2, 5] });
    expect(edited(lead, { add_tag_ids: [5, 1], remove_tag_ids: [2] }, 'now').tag_ids).toEqual([1, 5]);
    expect(edited(lead, { bin: 'delete' }, 'now')).toMatchObject({ deleted_at: 'now', tag_ids: [2, 5] });
  });
});
