import { describe, expect, test } from 'vitest'
import { campaignOf, readReferrer, searchEngine } from './referrer.ts'

const PAGE = 'https://shop.example/'

describe('where a visit came from', () => {
  test.each([
    ['https://www.google.com/search?q=red+shoes', 'Google', 'red shoes'],
    ['https://www.google.co.uk/', 'Google', undefined],
    ['https://www.bing.com/search?q=trail%20runner', 'Bing', 'trail runner'],
    ['https://search.yahoo.com/search?p=shoes', 'Yahoo', 'shoes'],
    ['https://duckduckgo.com/?q=shoes', 'DuckDuckGo', 'shoes'],
    ['https://yandex.ru/search/?text=обувь', 'Yandex', 'обувь'],
    ['https://www.baidu.com/s?wd=鞋', 'Baidu', '鞋'],
    ['https://google.evil.example/search?q=x', undefined, undefined],
    ['https://notgoogle.com/search?q=x', undefined, undefined],
    ['https://news.example/article', undefined, undefined],
  ])('W7 %s is %s with %s', (referrer, engine, phrase) => {
    expect(readReferrer(referrer, PAGE)).toMatchObject({ engine, phrase })
    expect(searchEngine(referrer)).toBe(engine)
  })

  test('a page of the same host is no source', () => {
    expect(readReferrer('https://shop.example/home', PAGE)).toEqual({})
  })

  test.each(['', 'nonsense', 'javascript:alert(1)', undefined])('%j is no source', (referrer) => {
    expect(readReferrer(referrer, PAGE)).toEqual({})
  })

  test('T29 an address in the phrase is masked', () => {
    expect(readReferrer('https://www.google.com/search?q=ada@example.com+login', PAGE).phrase).toBe(
      '… login',
    )
  })

  test('W1 the campaign is the UTM name, else its source', () => {
    expect(campaignOf('https://shop.example/?utm_source=mail&utm_campaign=spring')).toBe('spring')
    expect(campaignOf('https://shop.example/?utm_source=mail')).toBe('mail')
    expect(campaignOf('https://shop.example/')).toBeUndefined()
  })
})
