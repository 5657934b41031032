// SPDX-License-Identifier: Apache-2.0
def log = new File(basedir, 'build.log').getText('UTF-8')

// On each version, by Surefire and by JUnit's launcher: one green, one red for the same reason, nothing left afterwards.
def versions = log.findAll(/target.junit-([0-9.]+) for the individual/) { it[1] }
assert versions
def counts = [
    'com.example.GreetingTest.txt': ['Tests run: 3, Failures: 1, Errors: 0, Skipped: 0'],
    'console.txt': ['2 tests successful', '1 tests failed', '0 tests aborted', '0 tests skipped'],
]
def withoutFigures = { it.replaceAll(/\d[\d.]*(ms|s)?/, '#') }
def reason = withoutFigures('In the fault window, http://greeting/: p50 of 101 requests was 401.9ms (at best 401.5ms with 95%'
    + ' confidence), above the limit of 200ms')

versions.each { version ->
    counts.each { file, expected ->
        def text = new File(basedir, "target/junit-$version/$file").getText('UTF-8')
        expected.each { assert text.contains(it) : "$file of JUnit $version lacks: $it\n$text" }
        assert withoutFigures(text).contains(reason) : "$file of JUnit $version gives another reason:\n$text"
    }
}
assert log.count('BUILD SUCCESS') == versions.size()

// A runtime that is named and cannot be fails the build, and Surefire's summary says why.
assert log.count('BUILD FAILURE') == 1
def summary = log.substring(log.lastIndexOf('Results:'))
assert summary =~ /\[ERROR\] +GreetingTest.* » RuntimeUnavailable the cluster at https:\S+127.0.0.1:1\S* does not answer: /
assert summary.contains('Tests run: 1, Failures: 0, Errors: 1, Skipped: 0')
