// Reads a JSON list of GIFT texts, answers with what gift-pegjs makes of each: {questions} or {error}.
import { readFileSync } from 'node:fs'
import { parse } from 'gift-pegjs'

const texts = JSON.parse(readFileSync(0, 'utf8'))
const answers = texts.map((text) => {
  try {
    return { questions: parse(text) }
  } catch (error) {
    return { error: error.message }
  }
})
process.stdout.write(JSON.stringify(answers))
