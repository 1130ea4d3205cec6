// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { draw, h } from './draw.ts'

const stage = () => {
  const element = document.createElement('div')
  document.body.append(element)
  return element
}

describe('drawing', () => {
  test('an element stays the same element while its text, place and handlers change', () => {
    const box = stage()
    draw(box, h('p', { key: 'a' }, 'one'), h('input', { key: 'field', class: 'x' }))
    const field = box.querySelector('input')
    draw(box, h('input', { key: 'field', class: 'y' }), h('p', { key: 'a' }, 'two'))
    expect(box.querySelector('input')).toBe(field)
    expect(field?.className).toBe('y')
    expect(box.textContent).toBe('two')
  })

  test('what has the focus is not moved by what comes before it', () => {
    const box = stage()
    draw(box, h('input', { key: 'field' }))
    box.querySelector('input')?.focus()
    draw(box, h('b', {}, 'new'), h('input', { key: 'field' }))
    expect(document.activeElement).toBe(box.querySelector('input'))
  })

  test('T5 text is text, whatever it looks like', () => {
    const box = stage()
    draw(box, h('p', { title: '"><img src=x>' }, '<img src=x onerror=alert(1)>'))
    expect(box.querySelector('img')).toBe(null)
    expect(box.textContent).toBe('<img src=x onerror=alert(1)>')
  })

  test('nothing is drawn for absent children, and attributes go when they are not said again', () => {
    const box = stage()
    draw(box, false, undefined, '', null, h('p', { hidden: true }, 0))
    expect(box.innerHTML).toBe('<p hidden="">0</p>')
    draw(box, h('p', {}, 0))
    expect(box.querySelector('p')?.hasAttribute('hidden')).toBe(false)
    draw(box)
    expect(box.childNodes.length).toBe(0)
  })
})
