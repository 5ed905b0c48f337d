import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { copied, judgeDays, judgeHours, sayHours, sayWeek, usualWeek, withDay, type Range } from './week';

const t = ((key: string) => key) as unknown as TFunction;
const range = (start: string, end: string): Record<string, string> & Range => ({ start, end });

describe('a week of hours', () => {
  it('leaves out a day without hours', () => {
    expect(Object.keys(withDay(usualWeek(), '2', []))).toEqual(['0', '1', '3', '4']);
  });

  it('keeps the days in order', () => {
    const week = withDay(withDay({}, '5', [range('10:00', '12:00')]), '1', [range('10:00', '12:00')]);
    expect(Object.keys(week)).toEqual(['1', '5']);
  });

  it('is judged before it is sent', () => {
    expect(judgeHours(usualWeek(), t)).toBeUndefined();
    expect(judgeHours({}, t)).toBeUndefined();
    expect(judgeHours({ 0: [range('', '18:00')] }, t)).toBe('settings.hours.incomplete');
    expect(judgeHours({ 0: [range('18:00', '09:00')] }, t)).toBe('settings.hours.backwards');
    expect(judgeHours({ 0: [range('12:00', '15:00'), range('09:00', '13:00')] }, t)).toBe('settings.hours.overlap');
    expect(judgeHours({ 0: [range('09:00', '13:00'), range('13:00', '24:00')] }, t)).toBeUndefined();
  });

  it('is said in words', () => {
    expect(sayHours({}, t, 'es')).toBe('settings.hours.always');
    expect(sayHours({ 0: [range('09:00', '13:00')] }, t, 'es')).toBe('Lunes 09:00-13:00');
  });

  it('is said in short, equal neighbours once', () => {
    expect(sayWeek(usualWeek(), 'es')).toBe('lun–vie 09:00–18:00');
    const week = withDay(withDay(usualWeek(), '2', []), '6', [range('10:00', '12:00')]);
    expect(sayWeek(week, 'es')).toBe('lun–mar 09:00–18:00; jue–vie 09:00–18:00; dom 10:00–12:00');
    expect(sayWeek({}, 'es')).toBe('');
  });

  it('is judged day by day', () => {
    const week = { 0: [range('09:00', '18:00')], 3: [range('18:00', '09:00')] };
    expect(judgeDays(week, t)).toEqual({ 3: 'settings.hours.backwards' });
  });

  it('is copied to other days, and a day off too', () => {
    const week = copied({ 0: [range('10:00', '12:00')], 4: [range('09:00', '18:00')] }, '0', ['1', '4']);
    expect(week).toEqual({ 0: [range('10:00', '12:00')], 1: [range('10:00', '12:00')], 4: [range('10:00', '12:00')] });
    expect(copied(week, '6', ['0'])).toEqual({ 1: [range('10:00', '12:00')], 4: [range('10:00', '12:00')] });
  });
});
