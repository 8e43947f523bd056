Attribute VB_Name = "SkAnswers"
Option Explicit

' What a worksheet function shows. An error must be one that totals cannot pass over, so it becomes an error of Excel's;
' its reason goes to the status bar.

Private Const REASON_MARK As String = "#SK! "
Private Const PROBLEM As String = "FunctionProblem: "

Public Function SkAnswer(ByVal answer As Variant) As Variant
    ' An answer of Python: a value, a row, or rows of columns. Cells that begin with the mark become #VALUE!.
    Dim row As Long, column As Long
    If Not IsArray(answer) Then
        SkAnswer = SkAnswerCell(answer)
        Exit Function
    End If
    If SkDimensions(answer) = 1 Then
        For row = LBound(answer) To UBound(answer)
            answer(row) = SkAnswerCell(answer(row))
        Next row
    Else
        For row = LBound(answer, 1) To UBound(answer, 1)
            For column = LBound(answer, 2) To UBound(answer, 2)
                answer(row, column) = SkAnswerCell(answer(row, column))
            Next column
        Next row
    End If
    SkAnswer = answer
End Function

Public Function SkFunctionFailed(story As String) As Variant
    ' Python raised, or could not be asked at all: the story is then a traceback or a library's own words.
    Dim last As String, place As Long
    last = SkLastLine(story)
    place = InStr(last, PROBLEM)
    If place > 0 Then
        SkReason Mid$(last, place + Len(PROBLEM))
        SkFunctionFailed = CVErr(xlErrValue)
    Else
        SkReason SkText("function_failed")
        SkFunctionFailed = CVErr(xlErrNA)
    End If
End Function

Public Function SkNotOnMac() As Variant
    SkReason SkText("function_on_mac")
    SkNotOnMac = CVErr(xlErrNA)
End Function

Public Function SkLastLine(story As String) As String
    Dim part As Variant
    For Each part In Split(Replace(story, vbCr, ""), vbLf)
        If Trim$(part) <> "" Then SkLastLine = Trim$(part)
    Next part
End Function

Private Function SkAnswerCell(ByVal cell As Variant) As Variant
    SkAnswerCell = cell
    If VarType(cell) = vbString Then
        If Left$(cell, Len(REASON_MARK)) = REASON_MARK Then
            SkReason Mid$(cell, Len(REASON_MARK) + 1)
            SkAnswerCell = CVErr(xlErrValue)
        End If
    End If
End Function

Private Sub SkReason(reason As String)
    On Error Resume Next
    Application.StatusBar = reason
End Sub

Private Function SkDimensions(answer As Variant) As Long
    Dim bound As Long
    SkDimensions = 1
    On Error GoTo OneOnly
    bound = UBound(answer, 2)
    SkDimensions = 2
OneOnly:
End Function
