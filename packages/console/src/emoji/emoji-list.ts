/** The signs agents use, each with the words it is found by; the first names it. */
export type Emoji = { sign: string; words: string }

const table = `
🙂 smile happy friendly
😊 smiling eyes happy blush thanks
😀 grin happy laugh
😄 laughing happy
😂 tears of joy laugh funny
😅 relieved laugh sweat phew
😉 wink
😍 heart eyes love
🥰 loved hearts
😘 kiss
😎 cool sunglasses
🤩 excited stars wow
🥳 party celebrate birthday
🤗 hug
🤔 thinking hmm
🤨 doubt eyebrow
😐 neutral
😮 surprised oh wow
😲 astonished wow
😬 grimace awkward
🙄 rolling eyes
😌 relieved calm
😴 sleeping tired
😕 confused
🙁 sad frown
😢 crying sad
😭 sobbing sad
😤 frustrated
😠 angry
😳 flushed embarrassed
😱 shocked scream
🤒 ill sick
🤞 fingers crossed luck
👋 wave hello bye
👍 thumbs up yes good ok
👎 thumbs down no
👌 ok perfect
👏 clap well done bravo
🙌 hands up hooray
🙏 thanks please folded hands
🤝 handshake deal agreed
💪 strong muscle
👀 eyes look see
👉 point right
👇 point down below
☝️ point up one
✌️ peace victory
✍️ writing note
❤️ heart love red
💙 blue heart
💚 green heart
💛 yellow heart
💜 purple heart
🖤 black heart
💔 broken heart
🔥 fire hot
✨ sparkles new shine
⭐ star
🌟 glowing star
🎉 party celebrate tada
🎁 gift present
🎂 cake birthday
🏆 trophy winner
🥇 medal first
✅ check done yes
☑️ ticked box done
❌ cross no wrong
⚠️ warning careful
❗ exclamation important
❓ question
💯 hundred perfect
➡️ arrow right next
⬅️ arrow left back
⬆️ arrow up
⬇️ arrow down
🔄 again refresh reload
⏳ hourglass wait
⏰ alarm clock time
⌛ time is up
📅 calendar date day
🕐 clock time hour
📦 parcel package delivery box
🚚 lorry truck delivery
✈️ plane travel flight
🚲 bicycle bike
🚗 car
🏠 house home
🏢 office building
🏪 shop store
🛒 cart basket shopping
🛍️ bags shopping
💳 card payment credit
💶 euro money
💵 dollar money
💷 pound money
🧾 receipt invoice bill
🏷️ label price tag
📍 place pin map
🗺️ map
🌍 world earth
📞 telephone call
📱 phone mobile
💻 laptop computer
🖥️ screen monitor
🖨️ printer
📷 camera photo
🎥 video film
🎧 headphones sound
🔌 plug power
🔋 battery
🔧 wrench repair fix
🛠️ tools repair settings
⚙️ gear settings
🔑 key password
🔒 lock safe secure
🔓 unlocked open
🛡️ shield protection warranty
📧 email mail
✉️ envelope letter
📩 inbox received mail
📎 paperclip attachment file
📄 page document file
📁 folder files
📝 memo note
📌 pin
🔗 link
🔍 search find magnifier
💡 idea bulb tip
📈 growth chart up
📊 chart statistics
🆕 new
🆓 free
🔔 bell reminder
📣 announcement megaphone
💬 speech chat message
☕ coffee break
🍕 pizza food
🍀 luck clover
🌱 plant green seedling
🌞 sun sunny
🌧️ rain
❄️ snow cold winter
🌈 rainbow
🐶 dog
🐱 cat
🦄 unicorn
`

export const EMOJI: readonly Emoji[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const at = line.indexOf(' ')
    return { sign: line.slice(0, at), words: line.slice(at + 1) }
  })

/** Every word typed begins one of its words. */
export function findEmoji(query: string): readonly Emoji[] {
  const typed = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (typed.length === 0) return EMOJI
  return EMOJI.filter(({ words }) => {
    const own = words.split(' ')
    return typed.every((part) => own.some((word) => word.startsWith(part)))
  })
}
