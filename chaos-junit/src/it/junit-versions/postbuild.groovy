// SPDX-License-Identifier: Apache-2.0
// On each version, by Surefire and by JUnit's launcher: one green, one red for the same reason, nothing left afterwards.
def wanted = new File(basedir, 'build.log').text.findAll(/target.junit-([0-9.]+) for the individual/) { it[1] }
assert wanted
def counts = [
    'com.example.GreetingTest.txt': ['Tests run: 3, Failures: 1, Errors: 0, Skipped: 0'],
    'console.txt': ['2 tests successful', '1 tests failed', '0 tests aborted', '0 tests skipped'],
]
def reason = '''FAILED: Served › mayNotBeSlow() [GreetingTest.Served.mayNotBeSlow]
In the fault window, http://greeting/: p50 of # requests was # (at best # with #% confidence), above the limit of #'''

wanted.each { version ->
    counts.each { file, expected ->
        def text = new File(basedir, "target/junit-$version/$file").getText('UTF-8')
        expected.each { assert text.contains(it) : "$file of JUnit $version lacks: $it\n$text" }
        def plain = text.readLines()*.strip().join('\n').replaceAll(/\d[\d.]*(µs|ms|s)?/, '#')
        assert plain.contains(reason) : "$file of JUnit $version gives another reason:\n$text"
    }
}
assert new File(basedir, 'build.log').text.findAll('BUILD SUCCESS').size() == wanted.size()
